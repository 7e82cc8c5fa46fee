"""Anchors: exact, unique, in code points, whatever script the answer is written in."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from interviews.anchors import CONTEXT, Anchor, NotAnchored, anchor_at, find_unique, holds, places

ANSWER = (
    "I would keep them. If a reading of mine is doubted in ten years, someone should be able to check it."
)

scripts = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("abc \n\r"),
        st.sampled_from(
            ["\u0301", "\u200d", "\ufe0f", "\u202e", "\u2066", "\u2069", "👩", "🚀", "🏽", "ש", "ل", "ا", "é"]
        ),
    ),
    max_size=80,
)


def test_a_quote_is_found_with_its_place_and_its_surroundings():
    anchor = find_unique(ANSWER, "someone should be able to check it")
    assert anchor == Anchor(
        exact="someone should be able to check it",
        prefix=ANSWER[65 - CONTEXT : 65],
        suffix=".",
        start=65,
        end=99,
    )
    assert ANSWER[anchor.start : anchor.end] == anchor.exact


@pytest.mark.parametrize("quote", ["", "   ", "\n"])
def test_an_empty_quote_is_refused(quote: str):
    with pytest.raises(NotAnchored, match="at least one word"):
        find_unique(ANSWER, quote)


@pytest.mark.parametrize(
    "quote", ["I Would keep them", "keep  them", "I would keep them!", "someone\u00a0should"]
)
def test_words_that_differ_in_the_least_are_refused(quote: str):
    with pytest.raises(NotAnchored, match="exactly as quoted"):
        find_unique(ANSWER, quote)


def test_words_that_stand_there_twice_are_refused_with_their_number():
    with pytest.raises(NotAnchored, match="2 times"):
        find_unique("Keep them. Please keep them. Keep them.", "Keep them")


def test_overlapping_places_are_counted():
    assert places("aaaa", "aaa") == [0, 1]
    with pytest.raises(NotAnchored, match="2 times"):
        find_unique("aaaa", "aaa")


def test_positions_count_code_points_and_not_utf16_units():
    anchor = find_unique("🚀🚀 keep 🧀 the files", "the files")
    assert (anchor.start, anchor.end) == (10, 19)


@pytest.mark.parametrize(
    ("source", "start", "end"),
    [
        ("cafe\u0301 noir", 0, 4),
        ("👩\u200d🚀 flies", 0, 1),
        ("👩\u200d🚀 flies", 2, 8),
        ("ok 👍🏽 yes", 0, 4),
        ("one\r\ntwo", 0, 4),
    ],
    ids=["accent", "joined emoji", "rest of joined emoji", "skin tone", "line ending"],
)
def test_a_quote_through_a_character_is_refused(source: str, start: int, end: int):
    with pytest.raises(NotAnchored, match="whole character"):
        anchor_at(source, start, end)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(ANSWER) + 1)])
def test_a_place_outside_the_answer_is_refused(start: int, end: int):
    with pytest.raises(NotAnchored):
        anchor_at(ANSWER, start, end)


def test_right_to_left_text_is_quoted_in_the_order_it_is_stored():
    source = "אני מבקש: שמרו את הקבצים. תודה"
    anchor = find_unique(source, "שמרו את הקבצים")
    assert source[anchor.start : anchor.end] == "שמרו את הקבצים"
    assert holds(anchor, source)


def test_an_anchor_does_not_hold_when_the_source_changed_under_it():
    anchor = find_unique(ANSWER, "keep them")
    assert holds(anchor, ANSWER)
    assert not holds(anchor, ANSWER.replace("keep them", "burn them"))
    assert not holds(anchor, "So: " + ANSWER)
    assert not holds(anchor, ANSWER[:20])


@given(source=scripts, start=st.integers(0, 80), length=st.integers(1, 30))
@example(source="a👩\u200d🚀b", start=1, length=3)
@example(source="\u202eevil\u202c text", start=0, length=6)
def test_what_is_anchored_by_place_is_what_stands_there(source: str, start: int, length: int):
    assume(start + length <= len(source))
    try:
        anchor = anchor_at(source, start, start + length)
    except NotAnchored:
        return
    assert source[anchor.start : anchor.end] == anchor.exact
    assert holds(anchor, source)
    assert (anchor.prefix + anchor.exact + anchor.suffix) in source


@given(source=scripts, start=st.integers(0, 80), length=st.integers(1, 30))
def test_a_unique_quote_is_found_where_it_was_taken(source: str, start: int, length: int):
    quote = source[start : start + length]
    found = places(source, quote)
    if len(found) != 1:
        with pytest.raises(NotAnchored):
            find_unique(source, quote)
        return
    try:
        expected = anchor_at(source, start, start + len(quote))
    except NotAnchored:
        with pytest.raises(NotAnchored):
            find_unique(source, quote)
    else:
        assert find_unique(source, quote) == expected


@given(source=scripts, quote=scripts)
def test_every_place_found_is_a_place(source: str, quote: str):
    found = places(source, quote)
    assert all(source[at : at + len(quote)] == quote for at in found)
    assert len(found) == sum(source.startswith(quote, at) for at in range(len(source))) * bool(quote)
