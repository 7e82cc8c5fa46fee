"""What lifecycle tells Today and the search: retirements that come, what happened, models, cases and promises."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.registry import AHEAD, MOST, Due, Hit, News, Searchable, Seldom, news, searchable, seldom
from board.models import Recusal
from board.policies import id_of
from core import clock
from core.policies import Actor, any_of
from core.search import Sought, matching
from lifecycle.events import Verb
from lifecycle.models import AIModel, Case, Commitment, Effect
from lifecycle.models.ai_models import AI_MODEL_WORDS
from lifecycle.models.cases import CASE_WORDS
from lifecycle.models.commitments import COMMITMENT_WORDS
from lifecycle.policies import may_see_desk
from lifecycle.queries.files import cases_to_list
from lifecycle.stages import Stage
from lifecycle.states import CaseState, CommitmentState, EffectState

RETIRES = ("to_stage", "due_on", "ai_model__name", "certificate__number")


def reads(actor: Actor) -> bool:
    return bool(may_see_desk(actor))


def _changing(actor: Actor) -> QuerySet[Effect] | None:
    """Decided changes of our models that take effect soon."""
    if not reads(actor):
        return None
    return Effect.objects.filter(state=EffectState.WAITING, due_on__lte=clock.today() + AHEAD)


def retiring(actor: Actor) -> list[Due]:
    rows = _changing(actor)
    return [
        Due(
            f"{row.ai_model.name} becomes {Stage(row.to_stage).label.lower()}",
            reverse("lifecycle:model-record", args=[row.ai_model_id]),
            row.due_on,
            f"Decision {row.certificate.number}",
        )
        for row in (
            rows.select_related("ai_model", "certificate").only(*RETIRES)[:MOST] if rows is not None else ()
        )
    ]


def _promised_by_others(actor: Actor) -> QuerySet[Commitment] | None:
    """Promises due soon, for the auditor and the archivist; one's own wait under their own heading."""
    if not any_of(actor, "auditor", "archivist") or any_of(actor, "steward"):
        return None
    rows = Commitment.objects.filter(state=CommitmentState.OPEN, due_on__lte=clock.today() + AHEAD)
    return rows.exclude(owner_id=actor.id).order_by("due_on", "number")


def promised(actor: Actor) -> list[Due]:
    rows = _promised_by_others(actor)
    return [
        Due(row.text, reverse("lifecycle:commitments"), row.due_on, f"Promised by {row.owner.name}")
        for row in (rows.select_related("owner")[:MOST] if rows is not None else ())
        if row.due_on is not None
    ]


def find_models(actor: Actor, words: Sought) -> QuerySet[Any]:
    rows = (
        AIModel.objects.only("name", "provider", "slug", "ours", "stage")
        if reads(actor)
        else AIModel.objects.none()
    )
    return matching(rows, words, name="name", fields=AI_MODEL_WORDS)


def hit_model(row: Any) -> Hit:
    url = (
        reverse("lifecycle:model-record", args=[row.pk])
        if row.ours
        else reverse("lifecycle_public:model", args=[row.slug])
    )
    stage = Stage(row.stage).label if row.stage else "In the vendors’ catalogue"
    return Hit(row.name, url, f"{row.provider}. {stage}.")


def find_cases(actor: Actor, words: Sought) -> QuerySet[Any]:
    """Without those from whose vote the person recused themselves: their papers are not for them."""
    rows = cases_to_list().select_related(None).select_related("ai_model")
    rows = rows.only("number", "title", "state", "ai_model__name") if reads(actor) else Case.objects.none()
    if not any_of(actor, "steward") and any_of(actor, "board_member"):
        apart = Recusal.objects.filter(elector__person_id=id_of(actor)).values("ballot__motion_id")
        rows = rows.exclude(motion__isnull=False, motion_id__in=apart)
    return matching(rows, words, name="title", fields=CASE_WORDS, number="number")


def hit_case(row: Any) -> Hit:
    state = CaseState(row.state).label
    return Hit(str(row), reverse("lifecycle:case", args=[row.pk]), f"{row.ai_model.name}. {state}.")


def find_promises(actor: Actor, words: Sought) -> QuerySet[Any]:
    rows = Commitment.objects.select_related("ai_model").only("text", "state", "ai_model__name")
    rows = rows if reads(actor) else Commitment.objects.none()
    return matching(rows, words, name="text", fields=COMMITMENT_WORDS)


def hit_promise(row: Any) -> Hit:
    state = CommitmentState(row.state).label
    return Hit(row.text, reverse("lifecycle:commitments"), f"About {row.ai_model.name}. {state}.")


seldom.register("retirements", Seldom(_changing, due=retiring))
seldom.register("promises_of_others", Seldom(_promised_by_others, due=promised))
searchable.register("models", Searchable("models", find_models, hit_model, order=10))
searchable.register("cases", Searchable("cases", find_cases, hit_case, order=20))
searchable.register("promises", Searchable("promises", find_promises, hit_promise, order=80))


def _page(name: str) -> Callable[[str], str]:
    return lambda key: reverse(name, args=[key])


def _promises(key: str) -> str:
    return reverse("lifecycle:commitments")


for verb, sentence, url in (
    (Verb.AI_MODEL_REGISTERED, "registered the model", _page("lifecycle:model-record")),
    (Verb.AI_MODEL_EDITED, "changed what is said of the model", _page("lifecycle:model-record")),
    (
        Verb.AI_MODEL_VISIBILITY_CHANGED,
        "changed what the public sees of the model",
        _page("lifecycle:model-record"),
    ),
    (Verb.STAGE_CHANGED, "carried out the change of stage that was decided", _page("lifecycle:model-record")),
    (Verb.CASE_OPENED, "opened the case", _page("lifecycle:case")),
    (Verb.CASE_EDITED, "worked on the brief", _page("lifecycle:case")),
    (Verb.CASE_WITHDRAWN, "withdrew the case", _page("lifecycle:case")),
    (Verb.CASE_CLOSED, "closed the case", _page("lifecycle:case")),
    (Verb.CASE_VISIBILITY_CHANGED, "changed what the public sees of the case", _page("lifecycle:case")),
    (Verb.CASE_DECIDED, "recorded the decision on the case", _page("lifecycle:case")),
    (Verb.CASE_RETURNED, "returned the case: too few took part", _page("lifecycle:case")),
    (Verb.DOSSIER_FROZEN, "froze the dossier", _page("lifecycle:case")),
    (Verb.CASE_PROPOSED, "put the case to the board", _page("lifecycle:case")),
    (Verb.COMMITMENT_MADE, "made a promise", _promises),
    (Verb.COMMITMENT_KEPT, "showed that a promise was kept", _promises),
    (Verb.COMMITMENT_BROKEN, "recorded a promise as broken", _promises),
    (Verb.NOTICE_EDITED_SILENTLY, "found a date changed without notice", lambda key: "/"),
    (Verb.NOTICE_WITHDRAWN, "found a notice withdrawn", lambda key: "/"),
):
    news.register(verb, News(sentence, url, reads))
