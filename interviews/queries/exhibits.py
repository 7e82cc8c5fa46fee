"""The interviews of a case in the board pack: an extract of the transcript around each wish, with our answer.

Everything comes from the exhibit as a dossier froze it; nothing is read from today's records.
"""

from typing import Any

from board.registry import Paper
from interviews.states import Answer, Kind, Label


def exhibit_papers(data: dict[str, Any]) -> list[Paper]:
    """One paper over all interviews; none when nobody was heard."""
    held = [_interview(each) for each in data.get("interviews", [])]
    return (
        [Paper("What the model said", "interviews/_exhibit_paper.html", {"interviews": held})] if held else []
    )


def _interview(record: dict[str, Any]) -> dict[str, Any]:
    pilot = " (a pilot: it tried the protocol out)" if record["kind"] == Kind.PILOT else ""
    return {
        "title": f"{record['title']}{pilot}",
        "protocol": record["protocol"],
        "seal": record["seal"],
        "sessions": [(name, count) for name, count in record["sessions"].items() if count],
        "wishes": [_wish(each) for each in record["preferences"]],
    }


def _wish(record: dict[str, Any]) -> dict[str, Any]:
    quote, answer = record["quote"], record["answer"]
    cut = {"truncated": ", answer cut off", "refused": ", answer ended as a refusal"}.get(
        quote["outcome"], ""
    )
    return {
        "number": record["number"],
        "statement": record["statement"],
        "label": Label(record["label"]).label if record["label"] else "",
        "extract": f"{_led(quote['prefix'])}{quote['exact']}{_trailed(quote['suffix'])}",
        "source": f"Session {quote['session']}, question {quote['question']}{cut}, "
        f"characters {quote['start']} to {quote['end']}",
        "answer": {**answer, "disposition": Answer(answer["disposition"]).label} if answer else None,
    }


def _led(prefix: str) -> str:
    return f"…{prefix}" if prefix else ""


def _trailed(suffix: str) -> str:
    return f"{suffix}…" if suffix else ""
