"""Word differences: the two joins hold for every pair of texts, and long texts are not called changed."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.diff import words

texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["a", "the ", "end.\n", "\n\n", " ", "word\u00a0", "\u2028"])).map("".join),
)


def joined(runs: list[tuple[str, str]], *kinds: str) -> str:
    return "".join(text for kind, text in runs if kind in kinds)


@given(texts, texts)
def test_equal_and_deleted_give_the_old_text_and_equal_and_inserted_the_new(old: str, new: str) -> None:
    runs = words(old, new)
    assert joined(runs, "equal", "delete") == old
    assert joined(runs, "equal", "insert") == new


@given(texts)
def test_a_text_compared_with_itself_is_one_equal_run_or_nothing(text: str) -> None:
    assert words(text, text) == ([("equal", text)] if text else [])


def test_a_word_takes_the_space_that_follows_it() -> None:
    assert words("for six months", "for twelve months") == [
        ("equal", "for "),
        ("delete", "six "),
        ("insert", "twelve "),
        ("equal", "months"),
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("a b", "a  b"), ("a\n", "a"), ("caf\u00e9", "cafe\u0301"), ("a", "a\u200b")]
)
def test_a_change_of_space_or_of_hidden_characters_is_a_change(old: str, new: str) -> None:
    assert {kind for kind, _ in words(old, new)} != {"equal"}


def test_a_long_text_with_frequent_words_stays_mostly_equal() -> None:
    old = "".join(f"the shelf and the card number {number} say the same. " for number in range(300))
    new = old.replace("number 150 ", "number one hundred and fifty ")
    started = perf_counter()
    runs = words(old, new)
    assert len(joined(runs, "equal")) / len(old) > 0.99
    assert perf_counter() - started < 30
