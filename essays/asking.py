"""What the author is sent. Pure: the same column and note always give the same messages.

What does not live here: queueing (`steps`) and the sampling parameters an endpoint takes (modelcalls).
"""

from collections.abc import Sequence
from uuid import UUID

PURPOSE = "essays.draft"
MOST_ASKED_AGAIN = 3
"""How often people may ask again; a model is not asked until it says what one would like."""

USUAL_TOKENS = 600
FEWEST_TOKENS = 16
MOST_TOKENS = 8_000


def messages(prompt: str, note: str = "") -> Sequence[dict[str, str]]:
    """The standing prompt, and below it what the commissioner added."""
    parts = [part.strip() for part in (prompt, note) if part.strip()]
    return [{"role": "user", "content": "\n\n".join(parts)}]


def slot(essay: UUID, asked_again: int) -> str:
    """The place an answer fills: one for each asking."""
    return f"{PURPOSE}:{essay}:{asked_again}"
