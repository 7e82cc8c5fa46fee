"""Waivers of a case: asked of the board, and given by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from board.models import Motion
from board.states import MotionState
from lifecycle.models import Case, Waiver
from lifecycle.registry import requirements as registered

WAIVER = "waiver"
"""The kind of motion that asks for one: a key of `board.registry.kinds`."""


def waiver_motions(case: Case) -> QuerySet[Motion]:
    """Motions before the board that ask to waive something for this case: moved, or in a vote."""
    live = (MotionState.MOVED, MotionState.BALLOTED)
    return Motion.objects.filter(kind=WAIVER, subject_id=case.pk, state__in=live).order_by("number")


def waivers_asked(case: Case) -> dict[str, Motion]:
    """The same by the key of the requirement each is about."""
    return {motion.particulars["waiver"]["requirement"]: motion for motion in waiver_motions(case)}  # type: ignore[index]  # this kind has them


def waived_for(cases: Sequence[Case]) -> dict[UUID, set[str]]:
    """The keys of the requirements that are waived, by case."""
    found: dict[UUID, set[str]] = {}
    for case_id, requirement in Waiver.objects.filter(case__in=cases).values_list("case_id", "requirement"):
        found.setdefault(case_id, set()).add(requirement)
    return found


@dataclass(frozen=True)
class Waived:
    """A waiver with what it is about in words."""

    label: str
    waiver: Waiver


def waived_since(case: Case, digest: str) -> list[Waived]:
    """What was waived for a case after the dossier of this digest was frozen, so that it does not say so yet."""
    frozen = case.dossiers.filter(digest=digest).order_by("-round").only("frozen_at").first()
    if frozen is None:
        return []
    rows = case.waivers.select_related("certificate").defer(
        "certificate__document", "certificate__disclosures"
    )
    since = rows.filter(certificate__certified_at__gt=frozen.frozen_at).order_by("requirement")
    return [
        Waived(
            registered.get(row.requirement).label if row.requirement in registered else row.requirement, row
        )
        for row in since
    ]
