"""Words beside a document: committed to, disclosed, taken away; and what of it an outsider can check."""

import hashlib
import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.disclosures import (
    BLANK,
    Disclosures,
    Words,
    commitment,
    committed,
    disclosed,
    disclosed_wrongly,
    undisclosed,
    unproved,
    words,
)
from core.digests import digest_of

OF = "board.Position/1/reason"
SAID = {
    "number": 3,
    "roll": [{"name": words("Ada", "board.Elector", 7, "name"), "reason": Words("Too soon.", OF)}],
}


def made(value: Any) -> tuple[Any, Disclosures]:
    disclosures: Disclosures = {}
    return committed(value, disclosures), disclosures


def test_the_document_says_nothing_and_its_words_come_back() -> None:
    document, disclosures = made(SAID)
    assert "Ada" not in json.dumps(document)
    assert "Too soon." not in json.dumps(document)
    assert document["number"] == 3
    told = disclosed(document, disclosures, {})
    assert told == SAID
    assert told["roll"][0]["reason"].of == OF
    assert unproved(document, disclosures) is None


def test_a_commitment_is_sha_256_of_three_texts_as_json() -> None:
    """As an outsider checks it, with nothing of ours."""
    document, disclosures = made(SAID)
    digest = document["roll"][0]["reason"]["sha256"]
    told = disclosures[digest]
    line = json.dumps([told["salt"], told["of"], told["text"]], ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(line.encode()).hexdigest() == digest
    assert len(told["salt"]) == 32


def test_the_same_text_twice_is_committed_to_twice() -> None:
    document, disclosures = made([Words("Yes.", OF), Words("Yes.", OF)])
    assert document[0] != document[1]
    assert len(disclosures) == 2


def test_what_was_redacted_leaves_its_commitment_and_no_salt() -> None:
    document, disclosures = made(SAID)
    digest = digest_of(document)
    left = undisclosed(disclosures, {OF})
    reason = document["roll"][0]["reason"]["sha256"]
    assert left[reason] == {"of": OF}
    assert "Too soon." not in json.dumps(left)
    assert disclosures[reason]["salt"] not in json.dumps(left)
    told = disclosed(document, left, {OF: ("why",)})["roll"][0]
    assert (told["reason"], told["reason"].redactions, told["name"]) == (BLANK, ("why",), "Ada")
    assert unproved(document, left) is None
    assert digest_of(document) == digest
    assert undisclosed(left, {OF}) == left


def test_nothing_said_is_nothing_to_redact() -> None:
    assert made({"affiliation": words("", "board.Elector", 7, "affiliation")}) == ({"affiliation": ""}, {})


def altered(disclosures: Disclosures, digest: str, how: str) -> None:
    other = next(each for each in disclosures if each != digest)
    if how == "removed":
        del disclosures[digest]
    elif how == "added":
        disclosures[commitment("salt", OF, "More.")] = {"of": OF, "salt": "salt", "text": "More."}
    elif how == "swapped":
        disclosures[digest], disclosures[other] = disclosures[other], disclosures[digest]
    elif how == "half blanked":
        del disclosures[digest]["salt"]
    else:
        disclosures[digest][how] = "Something else."


@pytest.mark.parametrize("how", ["text", "salt", "of", "removed", "added", "swapped", "half blanked"])
def test_whatever_is_altered_of_the_words_is_found(how: str) -> None:
    document, disclosures = made(SAID)
    record = {"document": document, "digest": digest_of(document), "disclosures": disclosures}
    assert disclosed_wrongly(record) is None
    tampered = deepcopy(disclosures)
    altered(tampered, document["roll"][0]["reason"]["sha256"], how)
    assert "do not give it" in str(disclosed_wrongly(record | {"disclosures": tampered}))


def test_a_document_that_was_altered_with_its_words_is_found_by_its_digest() -> None:
    document, _ = made(SAID)
    forged, with_it = made({**SAID, "roll": []})
    record = {"document": forged, "digest": digest_of(document), "disclosures": with_it}
    assert disclosed_wrongly(record) == "its document does not give its digest."


def test_records_of_before_have_nothing_beside_them() -> None:
    assert disclosed_wrongly({"document": {"text": "As it was."}, "digest": "not looked at"}) is None
    assert disclosed_wrongly({"name": "Ada"}) is None


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | texts.filter(bool).map(lambda text: Words(text, OF)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts.map("_{}".format), inner, max_size=4),
    max_leaves=12,
)


@given(documents)
def test_any_document_comes_back_as_it_was(value: Any) -> None:
    document, disclosures = made(value)
    assert disclosed(document, disclosures, {}) == value
    assert unproved(document, disclosures) is None
    assert disclosed(document, undisclosed(disclosures, {OF}), {}) == json.loads(
        json.dumps(disclosed(document, {digest: {"of": OF} for digest in disclosures}, {}))
    )
