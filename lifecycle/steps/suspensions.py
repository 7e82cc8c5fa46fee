"""What happens to a suspension beyond the hands of the two who began it: the board's decision, and its end."""

from datetime import datetime
from typing import Any

from audit.commands import in_command, locked, record
from board.models import Certificate, Motion
from board.states import MotionState
from core import clock
from lifecycle.events import Verb
from lifecycle.models import Suspension
from lifecycle.states import SUSPENSION, SuspensionState


def asked_of(motion: Motion) -> dict[str, Any]:
    """What such a motion proposes: lasts_until (ISO 8601, UTC) and the reason."""
    asked: dict[str, Any] = (motion.particulars or {})["ratification"]
    return asked


def until_of(motion: Motion) -> datetime:
    """Until when the suspension would last."""
    return datetime.fromisoformat(asked_of(motion)["lasts_until"])


def ratify(motion: Motion, certificate: Certificate) -> None:
    """The motion carried: the suspension lasts as it says. One that was over before stays over."""
    in_command()
    suspension = locked(Suspension, motion.subject_id or "", select_related=("ai_model",))
    if not SUSPENSION.allows(suspension.state_at(clock.now()), SuspensionState.RATIFIED):
        return
    until = until_of(motion)
    suspension.certificate, suspension.lasts_until = certificate, until
    suspension.save()
    record(
        suspension,
        verb=Verb.SUSPENSION_RATIFIED,
        data={"decision": certificate.number, "until": until.isoformat()},
    )


def end_unratified(motion: Motion, certificate: Certificate) -> None:
    """The motion was lost: what the board has not ratified ends at once; what it has, lasts as it said before.

    A round that was held, or too few took part in, ends nothing: the clock does, unless the board decides before.
    """
    in_command()
    if motion.state != MotionState.LOST:
        return
    suspension = locked(Suspension, motion.subject_id or "", select_related=("ai_model",))
    if suspension.state_at(clock.now()) != SuspensionState.IN_FORCE:
        return
    over(suspension, SuspensionState.REJECTED, f"Decision {certificate.number}")
    record(suspension, verb=Verb.SUSPENSION_REJECTED, data={"decision": certificate.number})


def over(suspension: Suspension, ending: SuspensionState, because: str) -> None:
    """Write how a locked suspension ended. One that ended by the clock ended then, however late that is written."""
    in_command()
    by_the_clock = ending in (SuspensionState.LAPSED, SuspensionState.RAN_OUT)
    if not by_the_clock:
        SUSPENSION.require(suspension.state_at(clock.now()), ending)
    suspension.ended_at = suspension.ends_at if by_the_clock else clock.now()
    suspension.ending, suspension.ended_because = ending, because
    suspension.save()


def expire(suspension: Suspension) -> bool:
    """End a locked suspension that is over by the clock; False where it is not, or is so already."""
    in_command()
    ending = suspension.state_at(clock.now())
    if suspension.ended_at is not None or ending not in (SuspensionState.LAPSED, SuspensionState.RAN_OUT):
        return False
    over(suspension, ending, "")
    return True


def record_expiry(suspension: Suspension) -> None:
    """The event of it: how it ended, and when; the event itself may be late."""
    assert suspension.ended_at is not None
    record(
        suspension,
        verb=Verb.SUSPENSION_EXPIRED,
        data={"ending": str(suspension.ending), "at": suspension.ended_at.isoformat()},
    )
