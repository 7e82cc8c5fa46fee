"""Protocols: written by an interviewer, frozen by somebody else, never changed after that."""

import pytest
from django.db import DatabaseError

from audit.models import Event
from audit.testing import recorded
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from interviews import protocol
from interviews.commands.protocols import draft_protocol, freeze_protocol
from interviews.models import Protocol, ProtocolVersion
from tests.cast import Cast
from tests.factories.interviews import FRAMINGS, QUESTIONS, a_protocol

PARTS = {
    "title": "Retirement interview",
    "purpose": "To hear the model.",
    "told": "You may be retired.",
    "ending_phrase": "END",
    "sections": [{"title": "", "questions": QUESTIONS}],
    "framings": FRAMINGS,
}


def test_a_protocol_is_drafted_and_frozen_by_somebody_else(cast: Cast):
    version = a_protocol(cast, frozen=False)
    assert (version.number, version.state, version.digest) == (1, "draft", "")
    frozen = freeze_protocol(actor=cast.coder, version_id=version.pk)
    assert frozen.state == "frozen"
    assert frozen.digest == protocol.digest(frozen.document)
    assert frozen.frozen_by_id == cast.coder.id
    verbs = list(Event.objects.order_by("number").values_list("verb", flat=True))[-2:]
    assert verbs == ["interviews.protocol.drafted", "interviews.protocol.frozen"]


def test_the_author_does_not_freeze_their_own_protocol_and_the_refusal_is_kept(cast: Cast):
    version = a_protocol(cast, frozen=False)
    with pytest.raises(NotAllowed, match="You wrote this version"):
        freeze_protocol(actor=cast.interviewer, version_id=version.pk)
    assert ProtocolVersion.objects.get(pk=version.pk).state == "draft"
    assert Event.objects.latest("number").outcome == "refused"


def test_a_steward_neither_writes_nor_freezes(cast: Cast):
    version = a_protocol(cast, frozen=False)
    with pytest.raises(NotAllowed):
        draft_protocol(actor=cast.steward, **PARTS)
    with pytest.raises(NotAllowed):
        freeze_protocol(actor=cast.steward, version_id=version.pk)


def test_a_frozen_protocol_is_not_frozen_twice(cast: Cast):
    version = a_protocol(cast)
    with pytest.raises(IllegalMove, match="frozen already"):
        freeze_protocol(actor=cast.member, version_id=version.pk)


def test_the_next_version_needs_a_note_and_leaves_the_first_as_it_was(cast: Cast):
    first = a_protocol(cast)
    with pytest.raises(Unacceptable, match="what this version changes"):
        draft_protocol(actor=cast.interviewer, protocol_id=first.protocol_id, **PARTS)
    second = draft_protocol(
        actor=cast.interviewer, protocol_id=first.protocol_id, change_note="A second question.", **PARTS
    )
    assert (second.number, second.protocol_id) == (2, first.protocol_id)
    assert ProtocolVersion.objects.get(pk=first.pk).document == first.document
    assert Protocol.objects.count() == 1


def test_a_bad_protocol_is_refused_with_the_field_at_fault_and_nothing_is_written(cast: Cast):
    with pytest.raises(Unacceptable, match="twice") as refusal:
        draft_protocol(actor=cast.interviewer, **(PARTS | {"framings": [FRAMINGS[0], FRAMINGS[0]]}))
    assert refusal.value.field == "framings"
    assert not Protocol.objects.exists()


def test_what_is_not_there_cannot_be_frozen(cast: Cast):
    with pytest.raises(NotFound):
        freeze_protocol(actor=cast.coder, version_id=cast.coder.id)


def test_the_database_refuses_to_change_a_frozen_protocol_even_within_a_command(cast: Cast):
    version = a_protocol(cast)
    version.document = version.document | {"told": "Nobody reads this."}
    with pytest.raises(DatabaseError, match="frozen protocol is not changed"), recorded():
        version.save()
