"""What the public sees: records are public unless they are internal or embargoed. An embargo ends by the clock alone.

A case of a hidden model is hidden as well; so are the decisions, promises and facts that come of a hidden case.
The stage that a decision brought stays with its model: nobody is told that a retired model is active.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from board.models import Certificate, Motion
from board.policies import id_of
from core import clock
from core.policies import Actor, any_of
from lifecycle.models import AIModel, Case, Commitment, Dossier, Suspension
from lifecycle.policies import may_see_desk
from lifecycle.states import Visibility


def public(at: datetime, prefix: str = "") -> Q:
    """Rows whose record is public at an instant; `prefix` is the path to it: "ai_model__"."""
    over = Q(**{f"{prefix}visibility": Visibility.EMBARGOED, f"{prefix}embargo_until__lte": at})
    return Q(**{f"{prefix}visibility": None}) | over


def is_shown(row: AIModel | Case, at: datetime) -> bool:
    """Whether the record is shown to the public at an instant. A case asks for its model too."""
    if isinstance(row, Case) and not is_shown(row.ai_model, at):
        return False
    if row.visibility == Visibility.EMBARGOED and row.embargo_until is not None:
        return row.embargo_until <= at
    return row.visibility is None


def seen_as(row: AIModel | Case, at: datetime) -> str:
    """How its page says it: public, lifted (its embargo ended), embargoed, internal, or hidden with its model."""
    if row.visibility == Visibility.INTERNAL:
        return "internal"
    if row.embargo_until is not None and row.embargo_until > at:
        return "embargoed"
    if not is_shown(row, at):
        return "with_model"
    return "lifted" if row.visibility == Visibility.EMBARGOED else "public"


def shown_to_the_public(rows: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """Those of some models or cases that are shown to the public at an instant."""
    if rows.model is Case:
        return rows.filter(public(at), public(at, "ai_model__"))
    return rows.filter(public(at))


def seen_by(viewer: Actor | None, prefix: str = "") -> Q:
    """Rows whose model the viewer may know of now: all of them on the desk, what is public for everybody else."""
    return Q() if may_see_desk(viewer) else public(clock.now(), prefix)


def may_see_model(viewer: Actor | None, ai_model: AIModel) -> bool:
    return bool(may_see_desk(viewer)) or is_shown(ai_model, clock.now())


def hidden_cases(viewer: Actor | None) -> QuerySet[Case]:
    """The cases that are kept from a viewer now; none of them at the desk."""
    return Case.objects.none() if may_see_desk(viewer) else _kept_from_the_public()


def _kept_from_the_public() -> QuerySet[Case]:
    shown = shown_to_the_public(Case.objects.all(), clock.now())
    return Case.objects.exclude(pk__in=shown.values("pk")).order_by()


def _about(cases: QuerySet[Case], prefix: str = "") -> Q:
    """Motions on these cases, on promises made with them or about hidden models, and on suspensions of such models."""
    if cases.query.is_empty():
        return Q(pk__in=[])
    shown = shown_to_the_public(AIModel.objects.all(), clock.now())
    of_hidden = Q(ai_model__in=AIModel.objects.exclude(pk__in=shown).order_by())
    promises = Commitment.objects.filter(Q(case__in=cases.values("pk")) | of_hidden)
    suspensions = Suspension.objects.filter(of_hidden)
    subject = f"{prefix}subject_id__in"
    return (
        Q(**{subject: cases.values("pk")})
        | Q(**{subject: promises.order_by().values("pk")})
        | Q(**{subject: suspensions.order_by().values("pk")})
    )


def hidden_motions(viewer: Actor | None) -> QuerySet[Any]:
    """The ids of motions kept from a viewer: on a hidden case, or on a promise of one or of its model.

    Whoever recused themselves from the vote reads as much of it as the public does.
    """
    if any_of(viewer, "board_member") and not any_of(viewer, "steward"):
        apart = Motion.objects.filter(ballots__recusals__elector__person_id=id_of(viewer)).order_by()
        return apart.filter(_about(_kept_from_the_public())).values("pk")
    about = _about(hidden_cases(viewer))
    return Motion.objects.filter(about).order_by().values("pk")


def kept_from_the_recused(viewer: Actor) -> dict[str, list[Any]]:
    """What somebody who recused themselves does not read in the audit either: the case, its dossier, what was moved."""
    if not any_of(viewer, "board_member") or any_of(viewer, "steward"):
        return {}
    motions = list(hidden_motions(viewer).values_list("pk", flat=True))
    if not motions:
        return {}
    about = Motion.objects.filter(pk__in=motions).values("subject_id")
    cases = Case.objects.filter(Q(motion_id__in=motions) | Q(pk__in=about)).order_by()
    dossiers = Dossier.objects.filter(case__in=cases).order_by()
    return {
        "board.Motion": motions,
        "lifecycle.Case": list(cases.values_list("pk", flat=True)),
        "lifecycle.Dossier": list(dossiers.values_list("pk", flat=True)),
    }


def hidden_decisions(viewer: Actor | None) -> set[str]:
    """The numbers of decisions on cases that are kept from a viewer."""
    about = _about(hidden_cases(viewer), "ballot__motion__")
    rows = Certificate.objects.filter(about).order_by()
    return set(rows.values_list("number", flat=True))
