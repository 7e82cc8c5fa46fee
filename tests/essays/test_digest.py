"""The digest an approval is bound to: what changes it, what does not, and that a stranger can repeat it."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.digest import document, essay_digest, lines, text_digest

ESSAY = {"body": "One.\n\nTwo.", "title": "A title", "disclaimer_version": 2, "edits": []}


def test_the_digest_is_sha256_over_the_document_offered_for_download() -> None:
    assert essay_digest(**ESSAY) == hashlib.sha256(document(**ESSAY)).hexdigest()
    assert json.loads(document(**ESSAY)) == ESSAY


def test_the_document_is_canonical_json_in_utf8() -> None:
    assert (
        document(body="é", title="t", disclaimer_version=1)
        == '{"body":"é","disclaimer_version":1,"edits":[],"title":"t"}'.encode()
    )


@pytest.mark.parametrize(
    "change",
    [
        {"body": "One.\n\nTwo. "},
        {"title": "A Title"},
        {"disclaimer_version": 3},
        {"edits": [{"reason": "privacy"}]},
    ],
)
def test_any_change_to_what_readers_see_changes_the_digest(change: dict[str, object]) -> None:
    assert essay_digest(**{**ESSAY, **change}) != essay_digest(**ESSAY)


def test_line_ends_do_not_change_the_digest_and_unicode_forms_do() -> None:
    assert text_digest("a\r\nb\rc") == text_digest("a\nb\nc")
    assert text_digest("caf\u00e9") != text_digest("cafe\u0301")


@given(st.text())
def test_line_ends_are_put_right_once_and_for_all(text: str) -> None:
    assert lines(lines(text)) == lines(text)
    assert "\r" not in lines(text)
