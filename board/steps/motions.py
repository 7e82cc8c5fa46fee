"""Making a motion, for the board's own command and for commands of apps above."""

from typing import Any
from uuid import UUID

from accounts.models import Person
from audit.commands import in_command, locked, record
from board.events import Verb
from board.models import Board, Motion
from board.policies import id_of
from board.registry import kinds
from core import clock
from core.errors import Unacceptable


def make_motion(
    *,
    board_id: UUID,
    kind: str,
    title: str,
    text: str,
    status_quo: str,
    subject_id: UUID | None = None,
    subject_label: str = "",
    dossier_digest: str = "",
    reconsiders: Motion | None = None,
    particulars: dict[str, Any] | None = None,
) -> Motion:
    """A motion moved by the open command's actor, with its event. The caller has checked who may move it.

    Unacceptable when something is missing or the kind is unknown.
    """
    actor = in_command().actor
    board = locked(Board, board_id)
    asked = {"title": title.strip(), "text": text.strip(), "status_quo": status_quo.strip()}
    _require_words(asked)
    if kind not in kinds:
        raise Unacceptable("Choose what kind of proposal this is.", "kind")
    mover = Person.objects.get(pk=id_of(actor))
    last = Motion.objects.filter(board=board).order_by("-number").values_list("number", flat=True).first()
    motion = Motion(
        board=board,
        number=(last or 0) + 1,
        kind=kind,
        mover=mover,
        mover_name=mover.name,
        subject_id=subject_id,
        subject_label=subject_label,
        dossier_digest=dossier_digest,
        reconsiders=reconsiders,
        particulars=particulars,
        moved_at=clock.now(),
        **asked,
    )
    motion.save(force_insert=True)
    record(motion, verb=Verb.MOTION_MOVED, data={"kind": kind, "number": motion.number, **_linked(motion)})
    return motion


def _linked(motion: Motion) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if motion.reconsiders is not None:
        found["reconsiders"] = motion.reconsiders.number
    if motion.particulars:
        found["particulars"] = motion.particulars
    return found


def _require_words(asked: dict[str, str]) -> None:
    missing = {
        "title": "Put the question in a few words.",
        "text": "Say what is asked, so that it can be carried out as written.",
        "status_quo": "Say what happens if nothing is decided.",
    }
    for name, sentence in missing.items():
        if not asked[name]:
            raise Unacceptable(sentence, name)
