"""What lifecycle tells the apps below it of emergency suspensions: their motion, their record, what waits on Today."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.registry import MOST, News, Seldom, Waiting, news, seldom
from audit.registry import Description, describe
from board.models import Motion
from board.registry import kinds
from core import clock
from core.policies import Actor, any_of
from lifecycle import policies
from lifecycle.events import Verb
from lifecycle.models import Suspension
from lifecycle.queries.suspensions import RATIFICATION, motions_before_the_board, not_over
from lifecycle.states import SuspensionState
from lifecycle.suspensions import KIND_OF_MOTION, latest_opening


def reads(actor: Actor) -> bool:
    return bool(policies.may_see_desk(actor))


def not_over_for(actor: Actor) -> QuerySet[Any] | None:
    """Suspensions without a recorded end that concern somebody: their board's; a steward's, every one."""
    return not_over(actor) if any_of(actor, "steward", "board_member", "secretary") else None


def suspended(actor: Actor) -> list[Waiting]:
    """What is to be confirmed by a member, and what lapses unless the board ratifies it: for all who sit on it."""
    now = clock.now()
    rows = list(not_over(actor).select_related("ai_model", "board")[: MOST + 1])
    motions = motions_before_the_board(rows)
    return [item for row in rows if (item := _suspended(actor, row, motions.get(row.pk), now)) is not None]


def _suspended(actor: Actor, row: Suspension, motion: Motion | None, now: datetime) -> Waiting | None:
    name, page = row.ai_model.name, reverse("lifecycle:suspension", args=[row.pk])
    state = row.state_at(now)
    if state == SuspensionState.PROPOSED and any_of(actor, "board_member") and row.proposed_by_id != actor.id:
        return Waiting(
            f"Suspend {name} in an emergency?",
            page,
            f"{row.proposed_by_name} asks for it. It waits for a member of the {row.board.name}.",
            "Confirm or turn down",
            due=now.date(),
        )
    if state != SuspensionState.IN_FORCE:
        return None
    due = row.lapses_at
    if motion is None:
        due = latest_opening(row) or due
        detail, action = "No proposal to ratify it is before the board.", "Read why"
        if policies.may_propose_ratification(actor):
            action = "Ask the board to ratify it"
    else:
        detail, action = f"Proposal {motion.number} asks the board to ratify it.", "Read why"
    said = (
        f"Suspended by {row.proposed_by_name} and {row.confirmed_by_name}. It lapses unless it is ratified."
    )
    return Waiting(f"{name} is suspended in an emergency", page, f"{said} {detail}", action, due=due)


def _page(key: object) -> str:
    return reverse("lifecycle:suspension", args=[key])


kinds.register(RATIFICATION, KIND_OF_MOTION)
describe.register(
    "lifecycle.Suspension",
    Description(
        str,
        lambda row: _page(row.pk),
        lambda actor, row: reads(actor),
        rests_on=("ai_model", "certificate"),
    ),
)
seldom.register("suspensions", Seldom(not_over_for, suspended))

for verb, sentence in (
    (Verb.SUSPENSION_PROPOSED, "asked to suspend the model"),
    (Verb.SUSPENSION_CONFIRMED, "suspended the model in an emergency"),
    (Verb.SUSPENSION_DROPPED, "did not suspend the model"),
    (Verb.SUSPENSION_LIFTED, "lifted the suspension"),
    (Verb.SUSPENSION_RATIFIED, "recorded that the board ratified it"),
    (Verb.SUSPENSION_REJECTED, "recorded that the board’s vote ended it"),
    (Verb.SUSPENSION_EXPIRED, "recorded that it is over"),
):
    news.register(verb, News(sentence, _page, reads))
