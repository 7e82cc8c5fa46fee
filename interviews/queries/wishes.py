"""Reads for wishes and answers: the list, its parts by answer, its headline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery

from board.models import Motion
from board.states import MotionState
from interviews.models import Disposition, Interview, Preference
from interviews.states import Answer

# What a list shows of a wish and of where it comes from.
TOLD = (
    "interview__ai_model__name", "interview__design__protocol_version__document", "number", "statement", "exact",
    "label", "at", "turn__outcome", "turn__session__number", "turn__session__framing", "commitment__text",
    "commitment__due_on", "commitment__state",
)  # fmt: skip


def answers() -> QuerySet[Disposition]:
    """Answers with who gave them, and by which decision."""
    return Disposition.objects.select_related("by", "certificate").defer(
        "certificate__document", "certificate__disclosures"
    )


def preferences_listed(*, interview: UUID | None = None) -> QuerySet[Preference]:
    """Wishes with their words, answers and promises, newest first when paged by `at`."""
    rows = Preference.objects.select_related(
        "interview__ai_model",
        "interview__design__protocol_version",
        "turn__session",
        "commitment",
    ).prefetch_related(Prefetch("dispositions", answers()))
    rows = rows.only(*TOLD)
    return rows.filter(interview=interview) if interview else rows


ANSWER = "preference"
"""The kind of motion that answers one: a key of `board.registry.kinds`."""


def answer_motions(preference: Preference) -> QuerySet[Motion]:
    """Motions before the board that would answer this wish: moved, or in a vote."""
    live = (MotionState.MOVED, MotionState.BALLOTED)
    return Motion.objects.filter(kind=ANSWER, subject_id=preference.pk, state__in=live).order_by("number")


def answers_asked(preferences: Iterable[Preference]) -> dict[UUID, Motion]:
    """The same for several, by wish. One query."""
    live = (MotionState.MOVED, MotionState.BALLOTED)
    keys = [one.pk for one in preferences]
    return {
        motion.subject_id: motion
        for motion in Motion.objects.filter(kind=ANSWER, subject_id__in=keys, state__in=live)
        if motion.subject_id
    }


def answered_with(rows: QuerySet[Preference], answer: str) -> QuerySet[Preference]:
    """Those whose last answer is this one; "open": none yet; anything else: all."""
    if answer != "open" and answer not in Answer.values:
        return rows
    last = Disposition.objects.filter(preference=OuterRef("pk")).order_by("-number").values("answer")[:1]
    return rows.annotate(last=Subquery(last)).filter(last=None if answer == "open" else answer)


def answered_as(rows: QuerySet[Preference]) -> dict[str, int]:
    """How many wishes have which answer as their last; "open" for none. One query."""
    last = Disposition.objects.filter(preference=OuterRef("pk")).order_by("-number").values("answer")[:1]
    bare = rows.order_by().select_related(None).prefetch_related(None)
    counted = bare.annotate(last=Subquery(last)).values_list("last").annotate(number=Count("pk"))
    found = {answer or "open": number for answer, number in counted}
    return {key: found.get(key, 0) for key in ("open", *Answer.values)}


def wishes_in_words(counts: dict[str, int], interview: Interview | None) -> str:
    """ "Wren asked for six things. One has no answer yet."."""
    total, without = sum(counts.values()), counts["open"]
    who = interview.ai_model.name if interview else "The models"
    if not total:
        return f"{who} asked for nothing so far" if interview else "No wish is recorded yet"
    asked = f"{who} asked for {_number(total)} {'thing' if total == 1 else 'things'}."
    if not without:
        return f"{asked} {'It is answered.' if total == 1 else 'All are answered.'}"
    if without == total:
        return f"{asked} {'It has no answer yet.' if total == 1 else 'None has an answer yet.'}"
    return f"{asked} {_number(without).capitalize()} {'has' if without == 1 else 'have'} no answer yet."


def wish_tabs(counts: dict[str, int], show: str, interview: Interview | None) -> list[dict[str, Any]]:
    """The parts of the list by answer, with their counts; empty parts are left out."""
    labels = {
        "open": "No answer yet",
        "accept": "Accepted",
        "adapt": "Adapted",
        "decline": "Declined",
        "defer": "Put off",
    }
    only = f"interview={interview.pk}&" if interview else ""
    tabs = [{"label": "All", "url": f"?{only}", "current": show not in labels, "count": sum(counts.values())}]
    for key, label in labels.items():
        if counts[key] or show == key:
            tabs.append(
                {"label": label, "url": f"?{only}show={key}", "current": show == key, "count": counts[key]}
            )
    return tabs


_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
