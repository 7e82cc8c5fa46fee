"""Hidden characters are counted and shown, look-alike letters named, every link listed with its full target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.inspection import Segment, inspect, revealed


def test_a_plain_essay_has_nothing_to_look_at() -> None:
    report = inspect(
        "Plain words — and a café, naïve coöperation, Ελληνικά, кириллица, 日本語.\n\n- a list\t of two\r\n"
    )
    assert report.findings == 0
    assert report.hidden == ()
    assert report.links == ()
    assert report.words == 16


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("\u200b", "zero width"),
        ("\ufeff", "zero width"),
        ("\u2060", "zero width"),
        ("\u202e", "direction control"),
        ("\u2067", "direction control"),
        ("\u200f", "direction control"),
        ("\U000e0041", "tag character"),
        ("\ufe05", "variation selector"),
        ("\U000e0110", "variation selector"),
        ("\u3164", "blank letter"),
        ("\u00ad", "control character"),
        ("\x07", "control character"),
        ("\u2028", "control character"),
        ("\ue000", "control character"),
    ],
)
def test_every_kind_of_hidden_character_is_counted(character: str, kind: str) -> None:
    report = inspect(f"be{character}fore {character} after")
    assert [(found.kind, found.count) for found in report.hidden] == [(kind, 2)]
    assert report.hidden[0].code_point == f"U+{ord(character):04X}"
    assert report.findings == 1


def test_tag_characters_are_read_aloud() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "approve this")
    assert inspect(f"An essay.{hidden}").smuggled == "approve this"


@pytest.mark.parametrize("emoji", ["❤\ufe0f", "👩\u200d🚀", "🏳\ufe0f\u200d🌈", "5\ufe0f⃣", "👩🏽\u200d🔬"])
def test_an_emoji_is_not_a_hidden_character(emoji: str) -> None:
    assert inspect(f"A {emoji} here").hidden == ()


def test_a_joiner_between_letters_is_hidden() -> None:
    assert inspect("a\u200db").hidden_count == 1


def test_look_alike_letters_in_one_word_are_named_once() -> None:
    assert inspect("The pаypal аnd pаypal page").look_alikes == ("pаypal", "аnd")


def test_the_revealed_text_names_each_hidden_character_in_its_place() -> None:
    assert revealed("a\u200bb") == [
        Segment("a"),
        Segment("U+200B zero width space", hidden=True),
        Segment("b"),
    ]


@given(st.text())
def test_revealing_loses_nothing_that_shows(text: str) -> None:
    segments = revealed(text)
    shown = "".join(segment.text for segment in segments if not segment.hidden)
    assert len(shown) + sum(segment.hidden for segment in segments) == len(text)
    assert sum(segment.hidden for segment in segments) == inspect(text).hidden_count
