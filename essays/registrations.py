"""What essays tells the apps below it; imported once, when Django is ready."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.registry import MOST, Seldom, Waiting, seldom, waiting
from accounts.states import Role
from audit.registry import Description, describe
from board.registry import kinds, withheld
from core.policies import Actor, any_of
from essays import (
    mails,  # noqa: F401  registers itself
    pausing,
    policies,
    populations,  # noqa: F401  registers itself
    queries,
    today,  # noqa: F401  registers itself
    vetoes,
)
from essays.asking import PURPOSE
from essays.events import Verb
from essays.models import Draft, Essay, Publication, Revision
from essays.states import EssayState
from essays.steps import receive_draft
from lifecycle.models import AIModel
from lifecycle.registry import Panel, front_panels, panels
from mail.registry import Fact, Group, groups
from modelcalls.registry import Pause, Purpose, purposes, receivers


def essay_url(essay_id: UUID) -> str:
    return reverse("essays:essay", args=[essay_id])


def _series_url(series_id: UUID) -> str:
    return reverse("essays:series", args=[series_id])


kinds.register(queries.VETO, vetoes.KIND_OF_MOTION)
withheld.register("essays", vetoes.hidden_motions)
receivers.register(PURPOSE, receive_draft)
purposes.register(
    PURPOSE,
    Purpose(
        "An essay",
        frozenset({Role.STEWARD, Role.EDITOR}),
        essay_url,
        pause=Pause(pausing.essays_of_suspended, pausing.why_author_is_paused),
    ),
)


def _reads(actor: Actor, row: Any) -> bool:
    return bool(policies.may_read_essays(actor))


describe.register("essays.Series", Description(str, lambda row: _series_url(row.id), _reads, hub=True))
describe.register("essays.Wording", Description(str, lambda row: _series_url(row.series_id), _reads))
describe.register(
    "essays.Essay",
    Description(
        str, lambda row: essay_url(row.id), policies.may_see_essay, rests_on=("series", "call", "declined_by")
    ),
)
for model in (Draft, Revision, Publication):
    describe.register(model._meta.label, Description(str, lambda row: essay_url(row.essay_id), _reads))
describe.register(
    "essays.Review", Description(str, lambda row: essay_url(row.revision.essay_id), queries.review_is_seen)
)
describe.register(
    "essays.PauseDecision", Description(str, lambda row: essay_url(row.revision.essay_id), _reads)
)


# What is asked of whoever has an essay in this state in hand.
_ASKED = {
    EssayState.ON_HOLD: ("Decide", "It is paused: an editor recommends declining it."),
    EssayState.APPROVED: ("Publish", "Two editors recommend it; it can go out."),
    EssayState.GENERATION_FAILED: ("Look", "No whole text came of it."),
}
# Whom some essay may wait for, whatever its state.
HANDS = (Role.EDITOR, Role.BOARD_MEMBER, Role.PUBLISHER, Role.STEWARD)


def _reviews(actor: Actor) -> list[Waiting]:
    """Reviews an editor owes."""
    if not any_of(actor, Role.EDITOR):
        return []
    waits = queries.to_review(actor)[: MOST + 1]
    return [_item(essay, "Review", "It waits for your review.") for essay in waits]


def _in_hand(actor: Actor) -> list[Waiting]:
    """Pauses to be decided, issues to bring out, and authors to be asked again."""
    waits = queries.in_hand(actor)[: MOST + 1]
    return [_item(essay, *_ASKED[EssayState(essay.state)]) for essay in waits]


def _item(essay: Essay, action: str, detail: str) -> Waiting:
    return Waiting(
        title=f"{essay.series.title}, issue {essay.number}: {essay.title}",
        url=essay_url(essay.id),
        detail=detail,
        action=action,
    )


waiting.register("reviews", _reviews)
seldom.register(
    "essays", Seldom(lambda actor: queries.in_hand(actor) if any_of(actor, *HANDS) else None, _in_hand)
)


def _on_the_models_page(viewer: Actor | None, ai_model: AIModel) -> Panel | None:
    """A model's columns, each with its newest issue."""
    columns = queries.with_newest(viewer, list(queries.columns(viewer).filter(ai_model=ai_model)))
    return Panel("essays/_model_panel.html", {"columns": columns}) if columns else None


def _on_the_register(viewer: Actor | None) -> Panel | None:
    """The newest essay that is out."""
    newest = queries.published(viewer).first()
    return Panel("essays/_register_panel.html", {"publication": newest}) if newest else None


panels.register("essays", _on_the_models_page)
front_panels.register("essays", _on_the_register)


def _published(essay_id: str) -> Fact | None:
    """What a webhook is told of an essay that went out."""
    row = queries.published(None).filter(essay_id=essay_id).first()
    if row is None:
        return None
    essay = row.essay
    address = reverse("essays_public:essay", args=[essay.series.slug, essay.slug])
    return Fact(label=f"{essay.series.title}, issue {essay.number}: {essay.title}", url=address)


groups.register("essays", Group("Published essays", frozenset({str(Verb.ESSAY_PUBLISHED)}), _published))
