"""Words that a digested document repeats, so that they can be redacted and the digest stays (after RFC 9901, SD-JWT).

In the document stands a commitment in place of each text: SHA-256 over a salt, where the text is from, and the text.
The three stand beside it as a disclosure. Whoever has a disclosure proves the text; where it was taken away the
commitment says nothing, since the salt is gone too. Pure: imports without Django settings; the offline verifier
carries it.
"""

from __future__ import annotations

from collections.abc import Iterator
from secrets import token_urlsafe
from typing import Any

from core.digests import digest_of

Disclosures = dict[str, dict[str, str]]
"""By commitment: `of`, and, unless it was redacted, `salt` and `text`."""

BLANK = "[redacted]"
"""What stands in place of words that were redacted."""


class Words(str):
    """A text and the field it repeats: `of` is app.Model/id/column. `redactions`: why it cannot be read, if so."""

    __slots__ = ("of", "redactions")
    of: str
    redactions: tuple[Any, ...]

    def __new__(cls, text: str, of: str, redactions: tuple[Any, ...] = ()) -> Words:
        made = super().__new__(cls, text)
        made.of, made.redactions = of, redactions
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Words, (str(self), self.of, self.redactions)


def words(text: str, label: str, row_id: object, column: str) -> str:
    """A text as repeated from a field; nothing said is nothing to redact."""
    return Words(text, f"{label}/{row_id}/{column}") if text else ""


def words_of(row: Any, column: str) -> str:
    """What a field of a record says, as repeated from it."""
    return words(getattr(row, column), row._meta.label, row.pk, column)


def commitment(salt: str, of: str, text: str) -> str:
    """SHA-256 of the canonical JSON of [salt, of, text], in hexadecimal."""
    return digest_of([salt, of, text])


def committed(value: Any, disclosures: Disclosures) -> Any:
    """The document to be digested: each of its `Words` a commitment, disclosed in `disclosures`."""
    if isinstance(value, Words):
        salt, text = token_urlsafe(24), str(value)
        digest = commitment(salt, value.of, text)
        disclosures[digest] = {"of": value.of, "salt": salt, "text": text}
        return {"sha256": digest}
    if isinstance(value, dict):
        return {key: committed(each, disclosures) for key, each in value.items()}
    if isinstance(value, list):
        return [committed(each, disclosures) for each in value]
    return value


def disclosed(value: Any, disclosures: Disclosures, redactions: dict[str, tuple[Any, ...]]) -> Any:
    """The document with its words again. `redactions`: by `of`, what is told in place of words that are gone."""
    if isinstance(value, dict):
        if (digest := _commitment_in(value)) is None:
            return {key: disclosed(each, disclosures, redactions) for key, each in value.items()}
        told = disclosures.get(digest, {})
        of = told.get("of", "")
        return Words(told.get("text", BLANK), of, redactions.get(of, ()))
    if isinstance(value, list):
        return [disclosed(each, disclosures, redactions) for each in value]
    return value


def undisclosed(disclosures: Disclosures, sources: set[str]) -> Disclosures:
    """Without the words of these fields; that there were some stays. As audit_undisclosed in the database."""
    return {
        digest: {"of": told["of"]} if told["of"] in sources else told for digest, told in disclosures.items()
    }


def unproved(document: Any, disclosures: Disclosures) -> str | None:
    """The first commitment and its disclosure that do not belong together; None when all do."""
    commitments = set(_commitments(document))
    for digest in sorted(commitments ^ set(disclosures)):
        return digest
    for digest, told in disclosures.items():
        gone = set(told) == {"of"}
        if not gone and commitment(told.get("salt", ""), told["of"], told.get("text", "")) != digest:
            return digest
    return None


def disclosed_wrongly(record: dict[str, Any]) -> str | None:
    """What does not fit in a record of a document, its digest and its disclosures; None: nothing, or it is none."""
    if record.get("disclosures") is None:
        return None
    if digest_of(record["document"]) != record["digest"]:
        return "its document does not give its digest."
    found = unproved(record["document"], record["disclosures"])
    return None if found is None else f"the words told for {found} do not give it."


def _commitment_in(value: dict[str, Any]) -> str | None:
    return str(value["sha256"]) if set(value) == {"sha256"} else None


def _commitments(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and (digest := _commitment_in(value)) is not None:
        yield digest
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _commitments(each)
