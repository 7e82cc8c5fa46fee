"""Badges are computed from the two texts: as written, formatting only, edited by so many words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.badges import badges, edited_words

RAW = "The card says where it is.\n\nGo up **three** stairs."


def labels(published: str, **more: object) -> list[str]:
    return [badge.label for badge in badges(RAW, published, **more)]  # type: ignore[arg-type]


def test_the_raw_text_itself_is_published_as_written() -> None:
    assert labels(RAW) == ["Published as written"]
    assert labels(RAW.replace("\n", "\r\n")) == ["Published as written"]


@pytest.mark.parametrize(
    "published",
    [RAW + "\n", RAW.replace("**", ""), "# " + RAW, RAW.replace("\n\n", "\n\n---\n\n"), "> " + RAW],
)
def test_marks_and_spaces_alone_are_formatting_only(published: str) -> None:
    assert labels(published) == ["Formatting only"]


@pytest.mark.parametrize(
    ("published", "label"),
    [
        (RAW.replace("three", "four"), "Edited: 1 word"),
        (RAW.replace("three", "three or four"), "Edited: 2 words"),
        (RAW.replace("The card says", "It says"), "Edited: 2 words"),
        (RAW.replace(" stairs.", ""), "Edited: 1 word"),
        ("", "Edited: 10 words"),
    ],
)
def test_changed_words_are_counted(published: str, label: str) -> None:
    assert labels(published) == [label]


def test_reasons_and_an_objection_stand_beside_the_count_and_never_on_an_unedited_essay() -> None:
    edited = RAW.replace("three", "four")
    assert labels(edited, reasons=["privacy", "privacy", "legal"], objected=True) == [
        "Edited: 1 word, privacy, legal",
        "Author objected",
    ]
    assert labels(RAW, reasons=["privacy"], objected=True) == ["Published as written"]


@given(st.text(), st.text())
def test_only_equal_texts_are_ever_called_as_written(raw: str, published: str) -> None:
    as_written = badges(raw, published)[0].kind == "as_written"
    assert as_written == (
        raw.replace("\r\n", "\n").replace("\r", "\n") == published.replace("\r\n", "\n").replace("\r", "\n")
    )


@given(st.text())
def test_a_text_has_no_edited_words_against_itself(text: str) -> None:
    assert edited_words(text, text) == 0
