"""What an approval is bound to: one digest over everything a reader would be shown.

What lives here: the document that is digested, its digest, and the digest of raw text. What does not: who
approves (`commands`) and what the digests say about editing (`badges`). The text is taken as UTF-8 with LF
line ends; Unicode is never normalised, since an author may mean the difference.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from core.digests import canonical_json, sha256_hex

NORMALISATION = "lf"
"""Named on every proof: CR LF and lone CR become LF; nothing else is touched."""


def lines(text: str) -> str:
    """The text with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def document(
    *, body: str, title: str, disclaimer_version: int, edits: Iterable[Mapping[str, Any]] = ()
) -> bytes:
    """The canonical JSON that is digested; offered for download, so that a reader can repeat the digest with
    any tool.
    """
    return canonical_json(
        {
            "body": lines(body),
            "disclaimer_version": disclaimer_version,
            "edits": [dict(edit) for edit in edits],
            "title": title,
        }
    )


def essay_digest(
    *, body: str, title: str, disclaimer_version: int, edits: Iterable[Mapping[str, Any]] = ()
) -> str:
    """SHA-256 of the document, in lower-case hexadecimal."""
    return sha256_hex(document(body=body, title=title, disclaimer_version=disclaimer_version, edits=edits))


def text_digest(text: str) -> str:
    """SHA-256 of a text with LF line ends: equal for the raw output and the published body when not a
    character was changed.
    """
    return sha256_hex(lines(text))
