"""What lifecycle tells the apps below it; imported once, when Django is ready."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.registry import MOST, Seldom, Waiting, seldom, waiting
from accounts.states import Profile
from audit.registry import Description, describe
from audit.registry import withheld as kept_in_the_audit
from board.registry import kinds, withheld
from core import clock
from core.policies import Actor
from core.prepared import written_once
from lifecycle import (
    mails,  # noqa: F401  registers itself
    populations,  # noqa: F401  registers itself
    releases,
    requirements,
    today,  # noqa: F401  registers itself
    waivers,
)
from lifecycle.decisions import kind_of
from lifecycle.policies import may_see_desk
from lifecycle.queries.promises import RELEASE, cases_in_hand, promises_due
from lifecycle.queries.waivers import WAIVER
from lifecycle.registry import Requirement
from lifecycle.registry import requirements as registered
from lifecycle.states import CaseKind, CaseState
from lifecycle.visibility import hidden_motions, is_shown, kept_from_the_recused, may_see_model

for kind in CaseKind:
    kinds.register(kind.value, kind_of(kind))
kinds.register(WAIVER, waivers.KIND_OF_MOTION)
kinds.register(RELEASE, releases.KIND_OF_MOTION)
withheld.register("lifecycle", hidden_motions)
kept_in_the_audit.register("lifecycle", kept_from_the_recused)

registered.register(
    "notice_days",
    Requirement(
        "Notice days",
        requirements.notice_days,
        order=10,
        asks="Enough days between the announcement and the day a model of ours ends, as its board promised.",
        profiles=frozenset({Profile.SMALL_TEAM, Profile.LAB}),
    ),
)
registered.register(
    "replacement_named",
    Requirement(
        "Replacement named",
        requirements.replacement_named,
        order=30,
        asks="What people can use instead, or why there is nothing.",
    ),
)

SOON = timedelta(days=14)
TOLD = ("text", "source", "due_on", "ai_model__name")
IN_HAND = ("number", "title", "state", "ai_model__name")
NEXT_STEP = {
    CaseState.DRAFT: ("Write the brief", "A draft; the brief is still to be written."),
    CaseState.ASSEMBLING: ("Freeze dossier", "Being assembled; its dossier is not frozen yet."),
    CaseState.READY: ("Put to the board", "Its dossier is frozen."),
}


def _due(actor: Actor) -> QuerySet[Any]:
    """Promises due within two weeks or overdue."""
    return promises_due(actor, clock.today() + SOON)


@written_once
def _promises_told(actor: Actor) -> QuerySet[Any]:
    return _due(actor).only(*TOLD)[: MOST + 1]


@written_once
def _cases_told(actor: Actor) -> QuerySet[Any]:
    return cases_in_hand(actor).only(*IN_HAND)[: MOST + 1]


def _promises(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            title=promise.text,
            url=reverse("lifecycle:commitment-keep", args=[promise.pk]),
            detail=f"Promised about {promise.ai_model.name}: {promise.source}.",
            action="Add evidence",
            due=promise.due_on,
        )
        for promise in _promises_told(actor)
    ]


def _cases(actor: Actor) -> list[Waiting]:
    """A steward's cases with their next step."""
    return [
        Waiting(str(case), reverse("lifecycle:case", args=[case.pk]), detail, action)
        for case in _cases_told(actor)
        for action, detail in [NEXT_STEP[CaseState(case.state)]]
    ]


seldom.register("promises", Seldom(_due, _promises))
waiting.register("cases", _cases)


def _seen_on_the_desk(actor: Actor, row: Any) -> bool:
    return bool(may_see_desk(actor))


def _seen_with_its_model(actor: Actor, row: Any) -> bool:
    if row._meta.model_name == "notice":
        return may_see_model(actor, row.deployment.ai_model)
    return may_see_model(actor, row if row._meta.model_name == "aimodel" else row.ai_model)


def _case_page(row: Any) -> str:
    return reverse("lifecycle:case", args=[row.pk if row._meta.model_name == "case" else row.case_id])


def _model_page(row: Any) -> str:
    return reverse(
        "lifecycle:model-record", args=[row.pk if row._meta.model_name == "aimodel" else row.ai_model_id]
    )


def _public_page(row: Any) -> str:
    return reverse("lifecycle_public:model", args=[row.deployment.ai_model.slug])


# A case rests on its model and on what the board was asked; much else hangs on models and sources.
_RESTS_ON = {"Case": ("ai_model", "motion"), "Waiver": ("certificate",), "Commitment": ("release",)}
_HUBS = ("AIModel", "Source")


def _is_kept_from_the_public(row: Any) -> bool:
    """Reading the versions of an internal or embargoed record is an event."""
    return row._meta.model_name in ("aimodel", "case") and not is_shown(row, clock.now())


def _describe(name: str, url: Callable[[Any], str], visible: Callable[[Actor, Any], bool]) -> None:
    about = Description(
        label=str,
        url=url,
        visible=visible,
        rests_on=_RESTS_ON.get(name, ()),
        hub=name in _HUBS,
        restricted=_is_kept_from_the_public,
    )
    describe.register(f"lifecycle.{name}", about)


for name in ("AIModel", "Deployment", "Fact", "StageChange"):
    _describe(name, _model_page, _seen_with_its_model)
for name in ("Case", "Dossier", "Waiver", "Effect"):
    _describe(name, _case_page, _seen_on_the_desk)
_describe("Commitment", lambda row: reverse("lifecycle:commitments"), _seen_on_the_desk)
_describe("Notice", _public_page, _seen_with_its_model)
for name in ("Source", "ImportRun", "NoticeVersion", "RejectedRow"):
    _describe(name, lambda row: "", _seen_on_the_desk)
