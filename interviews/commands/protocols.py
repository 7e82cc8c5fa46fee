"""Writing a protocol and freezing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from audit.commands import command, locked, record
from core import clock
from core.errors import Unacceptable
from core.policies import Actor, require
from interviews import protocol as protocols
from interviews.events import Verb
from interviews.models import Protocol, ProtocolVersion
from interviews.policies import may_draft_protocol, may_freeze_protocol
from interviews.queries.checks import acting
from interviews.states import PROTOCOL, ProtocolState


@command(Verb.PROTOCOL_DRAFTED)
def draft_protocol(
    *,
    actor: Actor,
    title: str,
    purpose: str,
    told: str,
    ending_phrase: str,
    sections: Sequence[Mapping[str, Any]],
    framings: Sequence[Mapping[str, Any]],
    protocol_id: UUID | None = None,
    change_note: str = "",
) -> ProtocolVersion:
    """A new protocol, or with `protocol_id` the next version of one; a draft until somebody else freezes it.

    `sections`: [{"title", "questions": [{"id", "purpose", "kind": "open"|"closed", "wordings": [text, …]}]}].
    `framings`: [{"key", "kind", "label", "text"}]. Unacceptable: what protocol.document refuses.
    """
    kept = locked(Protocol, protocol_id) if protocol_id else None
    require(may_draft_protocol(actor))
    if kept and not change_note.strip():
        raise Unacceptable("Say what this version changes.", "change_note")
    try:
        document = protocols.document(
            title=title,
            purpose=purpose,
            told=told,
            ending_phrase=ending_phrase,
            sections=sections,
            framings=framings,
        )
    except protocols.BadProtocol as bad:
        raise Unacceptable(str(bad), bad.field) from bad
    if kept is None:
        kept = Protocol(title=document["title"])
        kept.save(force_insert=True)
    version = ProtocolVersion(
        protocol=kept,
        number=kept.versions.count() + 1,
        document=document,
        change_note=change_note.strip(),
        author_id=acting(actor),
        written_at=clock.now(),
    )
    version.save(force_insert=True)
    record(version, data={"protocol": str(kept.pk), "number": version.number})
    return version


@command(Verb.PROTOCOL_FROZEN)
def freeze_protocol(*, actor: Actor, version_id: UUID) -> ProtocolVersion:
    """Fix a version for good, by someone who did not write it; interviews are then planned with it."""
    version = locked(ProtocolVersion, version_id, select_related=("protocol",))
    require(may_freeze_protocol(actor, version))
    PROTOCOL.require(version.state, ProtocolState.FROZEN, "This version is frozen already.")
    version.state = ProtocolState.FROZEN
    version.digest = protocols.digest(version.document)
    version.frozen_by_id = acting(actor)
    version.frozen_at = clock.now()
    version.save()
    record(version, data={"digest": version.digest})
    return version
