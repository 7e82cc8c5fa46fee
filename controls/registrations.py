"""What controls tells the apps below it; imported once, when Django is ready."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse

from accounts.registry import MOST, News, Seldom, Waiting, news, seldom
from audit.registry import Description, describe, populations
from controls import policies, queries
from controls.events import Verb
from controls.states import FindingState
from core.policies import Actor
from core.prepared import written_once

Told = TypeVar("Told", bound=Model)


def _test_page(of: Callable[[Any], Any]) -> Callable[[Any], str]:
    return lambda row: reverse("controls:test", args=[of(row)])


def _finding_page(of: Callable[[Any], Any]) -> Callable[[Any], str]:
    return lambda row: reverse("controls:finding", args=[of(row)])


def _readable(actor: Actor, row: Any) -> bool:
    return bool(policies.may_see_controls(actor))


def _record_of(item: Any) -> tuple[str, Any] | None:
    """The record a sampled item stands for: it goes into the evidence of the test."""
    if item.test.population not in populations:
        return None
    return populations.get(item.test.population).model, item.record_id


describe.register("controls.ControlTest", Description(str, _test_page(lambda row: row.pk), _readable))
describe.register(
    "controls.FrozenPopulation", Description(str, _test_page(lambda row: row.test_id), _readable)
)
describe.register(
    "controls.SampleItem",
    Description(str, _test_page(lambda row: row.test_id), _readable, cites=_record_of),
)
describe.register(
    "controls.Finding",
    Description(str, _finding_page(lambda row: row.pk), _readable, rests_on=("item",)),
)
describe.register(
    "controls.FindingNote", Description(str, _finding_page(lambda row: row.finding_id), _readable)
)


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time.max, UTC) if day is not None else None


def _told(rows: Callable[[Actor], QuerySet[Told] | None]) -> Callable[[Actor], list[Told]]:
    """As many of these as Today shows, and one more."""

    @written_once
    def first(actor: Actor) -> QuerySet[Told] | None:
        found = rows(actor)
        return found[: MOST + 1] if found is not None else None

    return first


_findings_to_answer = _told(queries.findings_to_answer)
_findings_to_follow_up = _told(queries.findings_to_follow_up)
_tests_in_hand = _told(queries.tests_in_hand)


def _to_answer(actor: Actor) -> list[Waiting]:
    """Findings that wait for the management's answer, and promised measures whose day is near."""
    return [
        Waiting(
            f"Finding {row.number} waits for your response: {row.title}",
            reverse("controls:finding-answer", args=[row.pk]),
            f"{row.get_severity_display()}. {row.raised_by_name} raised it.",
            "Answer",
            _end_of(row.answer_by),
        )
        if row.state == FindingState.OPEN
        else Waiting(
            f"Finding {row.number}, which you own: {row.title}",
            reverse("controls:finding", args=[row.pk]),
            "What was promised is to be done by this day. Say when it is.",
            "Look at it",
            _end_of(row.due_on),
        )
        for row in _findings_to_answer(actor)
    ]


def _to_follow_up(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            f"Follow up finding {row.number}: {row.title}",
            reverse("controls:finding", args=[row.pk]),
            "The day by which it was to be settled has come.",
            "Follow up",
            _end_of(row.due_on),
        )
        for row in _findings_to_follow_up(actor)
    ]


def _to_judge(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            f"Control test {row.number}: {row.title}",
            reverse("controls:test", args=[row.pk]),
            "Its sample is drawn, and not judged to the end.",
            "Judge",
        )
        for row in _tests_in_hand(actor)
    ]


seldom.register("findings_to_answer", Seldom(queries.findings_to_answer, _to_answer))
seldom.register("findings_to_follow_up", Seldom(queries.findings_to_follow_up, _to_follow_up))
seldom.register("control_tests", Seldom(queries.tests_in_hand, _to_judge))


def _reads(actor: Actor) -> bool:
    return bool(policies.may_see_controls(actor))


for verb, sentence, name in (
    (Verb.SAMPLE_DRAWN, "drew the sample of a control test", "controls:test"),
    (Verb.TEST_CONCLUDED, "concluded a control test", "controls:test"),
    (Verb.FINDING_RAISED, "raised a finding", "controls:finding"),
    (Verb.FINDING_ANSWERED, "answered a finding", "controls:finding"),
    (Verb.FINDING_CLOSED, "closed a finding", "controls:finding"),
):
    news.register(verb, News(sentence, lambda key, name=name: reverse(name, args=[key]), _reads))  # type: ignore[misc]
