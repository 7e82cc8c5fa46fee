"""When a model can be suspended in an emergency, and the kind of motion that says how long it stays so.

Not here: the row and its instants (`lifecycle.models.suspensions`), what the certified motion does to it
(`lifecycle.steps.suspensions`).
"""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format

from board.models import Board, Certificate, Motion
from board.queries import terms_for
from board.registry import MotionKind, Paper, Subject
from board.timing import terms_of_kind
from core import clock
from core.policies import Actor
from lifecycle.allowance import WINDOW, Allowance, allowance_of
from lifecycle.models import AIModel, Suspension
from lifecycle.models.suspensions import LONGEST, MOST_DAYS
from lifecycle.queries.suspensions import RATIFICATION, ratification_motions, suspension_to_show
from lifecycle.stages import Stage
from lifecycle.states import SUSPENSION, SuspensionState
from lifecycle.steps.suspensions import end_unratified, ratify, until_of
from lifecycle.visibility import is_shown

#: Stages in which a model is at work no more, so that there is nothing to suspend.
GONE = (Stage.RETIRED, Stage.REMOVED)


def moment(instant: datetime) -> str:
    """An instant in the words of a proposal, which are kept: "9 Dec 2026, 12:00 UTC"."""
    return date_format(instant, "j M Y, H:i") + " UTC"


def why_gone(ai_model: AIModel) -> str:
    """Why there is nothing of a model that could be suspended, as a sentence; "" when there is."""
    if not ai_model.ours:
        return f"{ai_model.name} is a vendor’s model: its vendor alone can stop it. Open a case to respond."
    if ai_model.stage in GONE:
        stage = Stage(ai_model.stage).label.lower()
        return f"{ai_model.name} is {stage} already, so there is nothing to suspend."
    return ""


def why_not_suspend(ai_model: AIModel) -> str:
    """Why a model cannot be suspended now, as a sentence; "" when it can."""
    if reason := why_gone(ai_model):
        return reason
    if not Board.objects.exists():
        return "There is no board yet that could ratify a suspension. Found one first."
    now = clock.now()
    found = ai_model.suspensions.filter(ended_at=None).first()
    state = found.state_at(now) if found else None
    if state == SuspensionState.PROPOSED:
        return f"A suspension of {ai_model.name} waits to be confirmed already."
    if found is not None and found.ends_at is not None and found.ends_at > now:
        return f"{ai_model.name} is suspended already, until {moment(found.ends_at)}."
    return why_too_long(ai_model, allowance_of(ai_model), 1)


def how_much_is_gone(ai_model: AIModel, left: Allowance) -> str:
    """How long two people have suspended a model before, of what they may; "" where they have not."""
    if not left.counted:
        return ""
    return (
        f"Two people have suspended {ai_model.name} for {left.counted} of the {MOST_DAYS} days they may in "
        f"{WINDOW.days} days."
    )


def why_too_long(ai_model: AIModel, left: Allowance, days: int) -> str:
    """Why two people cannot suspend a model for so many days more, as a sentence; "" when they can."""
    if days <= left.days:
        return ""
    gone = how_much_is_gone(ai_model, left)
    if left.again_at is not None:
        return f"{gone} They may again from {moment(left.again_at)}. Until then open a case to limit access."
    less = f"{left.days} day" if left.days == 1 else f"{left.days} days"
    return f"{gone} Ask for {less}, or open a case to limit access."


def why_not_ratify(suspension: Suspension) -> str:
    """Why the board can no longer say how long it lasts, as a sentence; "" while it can."""
    state = suspension.state_at(clock.now())
    if SUSPENSION.allows(state, SuspensionState.RATIFIED):
        return ""
    if state == SuspensionState.PROPOSED:
        return f"{suspension} is not in force: another person has to confirm it first."
    return f"{suspension} is over, so there is nothing left to ratify. {state.label}."


def latest_end(suspension: Suspension) -> datetime:
    """The last instant the board can let it last to. It must be in force."""
    assert suspension.confirmed_at is not None
    return suspension.confirmed_at + LONGEST


def latest_opening(suspension: Suspension) -> datetime | None:
    """By when a vote must be open so that it can be decided before it lapses; None where the rules ask no time."""
    rules = terms_for(suspension.board, terms_of_kind(RATIFICATION))
    if suspension.lapses_at is None or rules is None or not rules.minimum_opening_days:
        return None
    return suspension.lapses_at - timedelta(days=rules.minimum_opening_days)


def suspension_of(motion: Motion) -> Suspension | None:
    """The suspension such a motion is about."""
    return suspension_to_show(motion.subject_id) if motion.subject_id else None


def obstacles(motion: Motion) -> list[str]:
    """What still forbids a vote: a suspension that is over, an end that has passed, another vote on it."""
    suspension = suspension_of(motion)
    if suspension is None:
        return ["This proposal has no suspension. Make it from the suspension itself."]
    sentences = [reason] if (reason := why_not_ratify(suspension)) else []
    if until_of(motion) <= clock.now():
        sentences.append("The instant until which it should last has passed. Take it back and name another.")
    others = ratification_motions().filter(subject_id=suspension.pk, state="balloted").exclude(pk=motion.pk)
    return sentences + [
        f"Proposal {other.number} on the same suspension is in a vote. Wait for its result."
        for other in others
    ]


def papers(viewer: Actor | None, motion: Motion) -> list[Paper]:
    """The suspension itself: who began it, when, why, and when it lapses."""
    suspension = suspension_of(motion)
    if suspension is None:
        return []
    context = {"suspension": suspension, "until": until_of(motion)}
    return [Paper("The suspension", "lifecycle/_suspension_paper.html", context)]


def public_papers(certificate: Certificate) -> list[Paper]:
    """The same for everybody, where the model is public."""
    suspension = suspension_of(certificate.ballot.motion)
    if suspension is None or not is_shown(suspension.ai_model, clock.now()):
        return []
    return papers(None, certificate.ballot.motion)


def effects(motion: Motion, certificate: Certificate) -> list[str]:
    """What the decision did, for its minutes."""
    suspension = suspension_of(motion)
    if suspension is None:
        return []
    if suspension.certificate_id != certificate.pk and (over := _over_before(suspension, certificate)):
        return over
    name, until = suspension.ai_model.name, moment(until_of(motion))
    return [f"The suspension of {name} is ratified: it lasts until {until}."]


def _over_before(suspension: Suspension, certificate: Certificate) -> list[str]:
    """That it was over when the board's result was certified; nothing where it was not."""
    ended = suspension.ended_at or suspension.ends_at
    if ended is None or ended > certificate.certified_at:
        return []
    return [f"{suspension} was over before the certification, so nothing was left to ratify."]


def foresees(motion: Motion, *, carried: bool) -> list[str]:
    """What certifying does, said before: until when it lasts, that it ends, or that it is over."""
    suspension = suspension_of(motion)
    if suspension is None:
        return []
    if reason := why_not_ratify(suspension):
        return [reason]
    if carried:
        return [f"The suspension of {suspension.ai_model.name} then lasts until {moment(until_of(motion))}."]
    if suspension.lasts_until is not None:
        return [f"It lasts until {moment(suspension.lasts_until)}, as the board decided before."]
    name = suspension.ai_model.name
    return [f"Where the proposal is lost, {name} is no longer suspended from then on, and is asked again."]


def effects_of_loss(motion: Motion, certificate: Certificate) -> list[str]:
    """What a lost decision did: it ended the suspension at once, or found it over."""
    suspension = suspension_of(motion)
    if suspension is None:
        return []
    ended_by_it = suspension.ended_because == f"Decision {certificate.number}"
    if suspension.ending == SuspensionState.REJECTED and ended_by_it:
        return [f"The suspension of {suspension.ai_model.name} was not ratified and ended with this result."]
    return _over_before(suspension, certificate)


def subject(motion: Motion) -> Subject | None:
    suspension = suspension_of(motion)
    if suspension is None:
        return None
    return Subject(str(suspension), reverse("lifecycle:suspension", args=[suspension.pk]))


def public_subject(motion: Motion) -> Subject | None:
    suspension = suspension_of(motion)
    if suspension is None or not is_shown(suspension.ai_model, clock.now()):
        return None
    return Subject(suspension.ai_model.name, f"/models/{suspension.ai_model.slug}/")


KIND_OF_MOTION = MotionKind(
    label="Ratification of a suspension",
    terms=terms_of_kind(RATIFICATION),
    obstacles=obstacles,
    papers=papers,
    effect=ratify,
    ended=end_unratified,
    foresees=foresees,
    effects=effects,
    effects_of_loss=effects_of_loss,
    subject=subject,
    public_subject=public_subject,
    public_papers=public_papers,
    composed=True,
)
