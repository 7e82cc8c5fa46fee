"""Notice days: the nine announcements of Anthropic, and what is no notice at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle import notice

# Source: Anthropic, "Model deprecations", deprecation history (announced, retired).
ANNOUNCEMENTS = [
    ("claude-opus-4-1", date(2026, 6, 5), date(2026, 8, 5), 61),
    ("claude-opus-4", date(2026, 4, 14), date(2026, 6, 15), 62),
    ("claude-3-haiku", date(2026, 2, 19), date(2026, 4, 20), 60),
    ("claude-3-5-haiku", date(2025, 12, 19), date(2026, 2, 19), 62),
    ("claude-3-7-sonnet", date(2025, 10, 28), date(2026, 2, 19), 114),
    ("claude-3-5-sonnet", date(2025, 8, 13), date(2025, 10, 28), 76),
    ("claude-3-opus", date(2025, 6, 30), date(2026, 1, 5), 189),
    ("claude-2", date(2025, 1, 21), date(2025, 7, 21), 181),
    ("claude-1", date(2024, 9, 4), date(2024, 11, 6), 63),
]


@pytest.mark.parametrize(("model", "announced", "retired", "expected"), ANNOUNCEMENTS)
def test_the_calculator_gives_the_days_anthropic_gave(model, announced, retired, expected):
    assert notice.days(announced, retired) == expected


def test_the_nine_announcements_are_the_nine_known_numbers():
    assert sorted(notice.days(a, r) for _, a, r, _ in ANNOUNCEMENTS) == [
        60,
        61,
        62,
        62,
        63,
        76,
        114,
        181,
        189,
    ]


def test_an_announcement_on_the_day_itself_is_no_days_of_notice():
    assert notice.days(date(2026, 5, 1), date(2026, 5, 1)) == 0


def test_an_announcement_after_the_fact_is_refused():
    with pytest.raises(ValueError, match="571 days after it took effect"):
        notice.days(date(2026, 1, 1), date(2026, 1, 1) - timedelta(days=571))


@given(st.dates(), st.integers(min_value=0, max_value=10_000))
def test_notice_is_the_distance_whatever_the_dates(announced, distance):
    if (date.max - announced).days < distance:
        return
    assert notice.days(announced, announced + timedelta(days=distance)) == distance
