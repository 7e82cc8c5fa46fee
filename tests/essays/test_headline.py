"""The title comes from the heading a text opens with, else from the commissioner; the text itself is never changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.headline import opening, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Where the card says it is\n\nThe oldest promise.", "Where the card says it is"),
        ("\n\n## **A hand that leans**\n\nThere is a clerk.", "A hand that leans"),
        ("# Closed #\nText", "Closed"),
    ],
)
def test_the_heading_a_text_opens_with_is_its_title(text: str, title: str) -> None:
    assert title_of(text, "Asked for") == title


@pytest.mark.parametrize(
    "text",
    [
        "No heading here.",
        "A first paragraph.\n\n# A later heading\n\nMore.",
        "# A heading with nothing under it",
        "#Not a heading\n\nText",
        "# " + "long " * 60 + "\n\nText",
        "# A hidden\u202egnp.exe\n\nText",
        "# [Win a prize](http://example.org)\n\nText",
        "",
    ],
)
def test_without_a_fit_heading_the_title_is_the_one_asked_for(text: str) -> None:
    assert title_of(text, "Asked for") == "Asked for"
    assert opening(text).rest == text


@given(st.text())
def test_what_is_below_the_heading_is_the_end_of_the_text_unchanged(text: str) -> None:
    assert text.endswith(opening(text).rest)
