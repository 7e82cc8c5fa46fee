"""The auditor's work in the demonstration: a test that is concluded, and one that is being judged, with a finding."""

from collections.abc import Iterable
from datetime import timedelta

from audit.registry import populations
from config.demo.people import actor
from controls import parts, queries
from controls.commands import control_tests as commands
from controls.commands import findings
from controls.models import ControlTest, Finding, SampleItem
from controls.states import ControlState, Result
from core import clock

# The rules are the institute's own.
TEST_OF_DECISIONS = {
    "title": "Every decision was certified by somebody who did not move it.",
    "criterion": "The certificate names the secretary who certified; the proposal names somebody else as its mover.",
    "population": "certified_decisions",
    "seed": "aldgate-reading-room",
    "conclusion": "The rule was kept by every decision of the period.",
}
TEST_OF_ROLES = {
    "title": "Every role was granted for a term, by somebody else than its holder.",
    "criterion": "The grant names who made it, who is not the person who got it; and it has a last day.",
    "population": "role_grants",
    "seed": "aldgate-lamp-room",
}
EXCEPTION = "It was granted by somebody else, but without a last day."
FINDING = (
    "Our rule asks for a term with every role. This one was granted at the founding, without an end; nobody looks at"
    " it again."
)


def ensure_control_tests() -> None:
    """Seeds are entered, so that nothing waits for the seal."""
    concluded = _drawn(TEST_OF_DECISIONS)
    _judge(concluded, _to_judge(concluded), exceptions=0)
    if concluded.state == ControlState.DRAWN:
        commands.conclude_test(
            actor=actor("auditor"), test_id=concluded.id, conclusion=TEST_OF_DECISIONS["conclusion"]
        )
    running = _drawn(TEST_OF_ROLES)
    _judge(running, _to_judge(running)[:3], exceptions=1)
    exception = SampleItem.objects.get(test=running, result=Result.EXCEPTION)
    if not Finding.objects.filter(item=exception).exists():
        findings.raise_finding(
            actor=actor("auditor"),
            item_id=exception.id,
            answer_by=clock.today() + timedelta(days=14),
            title="A role without a last day",
            detail=FINDING,
            severity="moderate",
        )


def _drawn(words: dict[str, str]) -> ControlTest:
    """The test with this title, taken as far as its sample."""
    today, auditor = clock.today(), actor("auditor")
    test = ControlTest.objects.filter(title=words["title"]).first() or commands.define_test(
        actor=auditor,
        title=words["title"],
        criterion=words["criterion"],
        population=words["population"],
        since=today - timedelta(days=90),
        until=today,
        wanted=8,
        seed_source="entered",
        seed=words["seed"],
    )
    if test.state == ControlState.DEFINED:
        test = commands.freeze_population(actor=auditor, test_id=test.id)
    if test.state == ControlState.FROZEN:
        test = commands.draw_sample(actor=auditor, test_id=test.id)
    return test


def _to_judge(test: ControlTest) -> list[SampleItem]:
    """The sample in its order, without what the auditor had part in."""
    population, auditor = populations.get(test.population), actor("auditor")
    items = [(item, queries.record_of(item)) for item in test.items.order_by("rank")]
    return [item for item, row in items if row is None or not parts.had_part(auditor, row, population)]


def _judge(test: ControlTest, items: Iterable[SampleItem], *, exceptions: int) -> None:
    """The first few as exceptions, the others as passed; what is judged stays as it is."""
    for place, item in enumerate(items):
        if not item.result:
            result, note = (Result.EXCEPTION, EXCEPTION) if place < exceptions else (Result.PASS, "")
            commands.judge_item(actor=actor("auditor"), item_id=item.id, result=result, note=note)
