"""Days and instants as people type them: read in one way, or refused with the way to write them."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from core.dates import DayField, InstantField

THE_DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    "typed", ["2026-11-26", "26.11.2026", "26/11/2026", " 26/11/2026 ", "26 Nov 2026", "26 November 2026"]
)
def test_a_day_is_taken_in_every_way_that_can_be_read_only_once(typed: str) -> None:
    assert DayField().clean(typed) == THE_DAY


def test_a_day_whose_day_is_its_month_can_be_read_only_once() -> None:
    assert DayField().clean("4/4/2026") == date(2026, 4, 4)


@pytest.mark.parametrize("typed", ["03/04/2026", "3/4/2026", "12/11/2026"])
def test_a_day_that_could_be_two_is_refused_with_the_way_to_write_it(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"can be read as two days. Write the day as 2026-11-26"):
        DayField().clean(typed)


@pytest.mark.parametrize("typed", ["11/26/2026", "26.13.2026", "tomorrow", "2026-11-31", "26.11.26"])
def test_what_is_no_day_is_refused_with_the_way_to_write_one(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"26\.11\.2026"):
        DayField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["2026-11-26T17:00", "2026-11-26 17:00", "26.11.2026 17:00", "26/11/2026 17:00", "26 Nov 2026, 17:00 UTC"]
)  # fmt: skip
def test_an_instant_is_typed_in_utc(typed: str) -> None:
    assert InstantField().clean(typed) == datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_an_instant_on_a_day_that_could_be_two_is_refused() -> None:
    with pytest.raises(ValidationError, match="two days"):
        InstantField().clean("03/04/2026 17:00")


def test_the_fields_are_the_browsers_own_and_filled_as_it_wants_them() -> None:
    assert 'type="date"' in DayField().widget.render("day", THE_DAY)
    assert 'value="2026-11-26"' in DayField().widget.render("day", THE_DAY)
    shown = InstantField().widget.render("at", datetime(2026, 11, 26, 17, tzinfo=UTC))
    assert 'type="datetime-local"' in shown
    assert 'value="2026-11-26T17:00"' in shown
    assert "data-utc" in shown
