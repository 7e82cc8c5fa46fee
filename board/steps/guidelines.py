"""Guidelines that a motion proposes, and their adoption when it carries."""

from uuid import UUID

from audit.commands import in_command, record
from board.events import Verb
from board.guidelines import asked_of, moved_on
from board.models import Certificate, Guideline, Motion
from core import clock


def adopt_guideline(motion: Motion, certificate: Certificate) -> None:
    """The effect of a carried motion of the kind "guidelines": a new version, never a change of an old one.

    Where its name was taken, or another version adopted, while the board voted, nothing is: the result is certified,
    and its minutes say that no words were adopted.
    """
    in_command()
    if moved_on(motion):
        return
    asked = asked_of(motion)
    guideline = Guideline(
        board=motion.board,
        document=UUID(asked["document"]),
        version=asked["after_version"] + 1,
        title=asked["title"],
        text=asked["text"],
        certificate=certificate,
        adopted_at=clock.now(),
    )
    guideline.save(force_insert=True)
    record(
        guideline,
        verb=Verb.GUIDELINE_ADOPTED,
        data={"decision": certificate.number, "version": guideline.version},
    )
