"""Who is meant by "@Name", and until when a question waits."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from board.discussing import answer_by, mentioned

ADA, ADA_LOVELACE, MEI = (UUID(int=number) for number in (1, 2, 3))
NAMES = {ADA: "Ada", ADA_LOVELACE: "Ada Lovelace", MEI: "Mei Tanaka"}
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@Mei Tanaka, what do you think?", [MEI]),
        ("Ask @ada lovelace and @Ada.", [ADA_LOVELACE, ADA]),
        ("@Ada @Ada @Ada", [ADA]),
        ("@Adam is nobody here", []),
        ("write to mei@Ada.example", []),
        ("@ Ada", []),
        ("@@Ada", []),
        ("(@Mei Tanaka)", [MEI]),
        ("", []),
    ],
)
def test_the_longest_name_after_an_at_is_meant(text: str, people: list[UUID]) -> None:
    assert mentioned(text, NAMES) == people


def test_an_answer_is_due_in_three_days_or_at_the_close_if_that_is_sooner() -> None:
    assert answer_by(NOW, None) == NOW + timedelta(days=3)
    assert answer_by(NOW, NOW + timedelta(days=9)) == NOW + timedelta(days=3)
    assert answer_by(NOW, NOW + timedelta(hours=5)) == NOW + timedelta(hours=5)
    assert answer_by(NOW, NOW - timedelta(hours=5)) == NOW + timedelta(days=3)
