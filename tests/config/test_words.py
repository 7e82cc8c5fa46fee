"""The filters and words that every page uses."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django import forms
from django.utils.safestring import SafeString, mark_safe

from config import vocabulary
from config.templatetags import words

CLOSES = datetime(2026, 11, 26, 17, 0, 5, tzinfo=UTC)


def test_an_instant_is_a_time_element_in_utc() -> None:
    assert words.moment(CLOSES) == (
        '<time class="moment" datetime="2026-11-26T17:00:05Z" data-form="">Thu 26 Nov 2026, 17:00 UTC</time>'
    )


def test_an_instant_of_another_zone_is_told_in_utc() -> None:
    elsewhere = datetime(2026, 11, 27, 1, 0, tzinfo=timezone(timedelta(hours=9)))
    assert ">Thu 26 Nov 2026, 16:00 UTC<" in words.moment(elsewhere)


def test_a_day_of_a_document_is_text_and_told_as_a_day() -> None:
    assert ">26 Nov 2026<" in words.day("2026-11-26", "short")
    assert words.day("in spring") == words.day("2026-11") == words.day("2026-02-30") == ""


def test_an_empty_answer_is_refused_in_our_words() -> None:
    form = type("Asked", (forms.Form,), {"why": forms.CharField(), "kind": forms.ChoiceField(choices=())})({})
    assert form.errors == {"why": ["This needs an answer."], "kind": ["This needs an answer."]}


def test_an_instant_can_be_short_or_to_the_second() -> None:
    assert ">26 Nov 2026, 17:00 UTC<" in words.moment(CLOSES, "short")
    assert ">Thu 26 Nov 2026, 17:00:05 UTC<" in words.moment(CLOSES, "seconds")


def test_no_instant_and_no_day_are_empty() -> None:
    assert (words.moment(None), words.day(None), words.days(None), words.digest(None)) == ("", "", "", "")


def test_a_day_is_written_with_and_without_its_weekday() -> None:
    retires = date(2027, 3, 5)
    assert words.day(retires) == '<time datetime="2027-03-05">Fri 5 Mar 2027</time>'
    assert words.day(retires, "short") == '<time datetime="2027-03-05">5 Mar 2027</time>'


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (52, "52 days from now"), (-1200, "1,200 days ago")],
)
def test_days_are_counted_from_today(count: int, text: str) -> None:
    assert words.days(count) == text


def test_a_digest_is_cut_and_keeps_its_whole_as_title() -> None:
    whole = "c81f0a77e3b29d564410f2ce78a1b93d"
    shown = words.digest(whole)
    assert "c81f 0a77 e3b2 9d56 …" in shown
    assert f'title="sha256 {whole}"' in shown
    assert "78a1 b93d<" in words.digest(whole, "full")


def test_a_digest_cannot_carry_markup() -> None:
    assert "<script" not in words.digest("<script>alert(1)</script>")


def test_results_carry_their_gloss() -> None:
    assert words.result_gloss("carried") == "Carried (approved)"
    assert words.result_gloss("unable_to_act").startswith("Unable to act (")
    assert words.result_gloss("something_new") == "Something new"


def test_every_stage_has_a_word_a_gloss_and_a_symbol_of_the_sprite() -> None:
    sprite = Path("templates/components/sprite.html").read_text()
    for table in (vocabulary.STAGES, vocabulary.SIGNS, vocabulary.OUTCOMES):
        for word in table.values():
            assert f'id="{word.symbol}"' in sprite
    assert all(word.gloss for word in vocabulary.STAGES.values())


def test_an_unknown_value_is_shown_and_not_hidden() -> None:
    assert words.stage_name("constricted") == "Constricted"
    assert words.stage_name(None) == "Not recorded"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-11-22T19:09:31.773333+00:00", "22 Nov 2026, 19:09:31.773333 UTC"),
        ("2026-11-22T20:09:31+01:00", "22 Nov 2026, 19:09:31 UTC"),
        ("2026-11-22", "22 Nov 2026"),
        ("2026-13-45", "2026-13-45"),
        ("Everyone eligible has voted.", "Everyone eligible has voted."),
        (True, "yes"),
        (3, "3"),
    ],
)
def test_a_recorded_value_is_said_as_a_reader_would(value: object, text: str) -> None:
    assert words.recorded(value) == text


def test_a_field_is_named_in_words() -> None:
    assert words.spoken("due_on") == "Due on"


def test_a_list_of_recorded_values_is_told_as_a_list_of_words() -> None:
    assert vocabulary.value_text(["password", True]) == "password, yes"
    assert vocabulary.value_text([]) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("A day off", "A day off"),
        ("A day off too", "A day o…"),
        ("A day of rest", "A day o…"),
        (12, "12"),
    ],
)
def test_a_long_text_is_shortened_and_a_short_one_left(text: object, told: str) -> None:
    assert words.shortened(text, 9 if len(str(text)) <= 9 else 8) == told


def test_what_is_shortened_is_escaped_like_any_other_text() -> None:
    long = mark_safe("<b>bold</b>, and then much more")
    assert not isinstance(words.shortened(long, 12), SafeString)
