"""Control tests and findings, made by calling commands. The seed is entered: nothing is sealed inside a test."""

from datetime import timedelta
from itertools import count
from typing import Any

from accounts.models import RoleGrant
from controls import sampling
from controls.commands import control_tests as commands
from controls.commands import findings
from controls.models import ControlTest, Finding, SampleItem
from core import clock
from tests.cast import Cast

RULE = "Every grant of a role was made by somebody else."


def defined(cast: Cast, **said: Any) -> ControlTest:
    """A test over the grants of roles that the cast began with."""
    today = clock.today()
    given = {
        "title": RULE,
        "criterion": "The grant names who made it, and that is not the person who got it.",
        "population": "role_grants",
        "since": today - timedelta(days=2),
        "until": today,
        "wanted": 3,
        "seed_source": "entered",
        "seed": seed_that_spares(cast, said.get("wanted", 3)),
    }
    return commands.define_test(actor=cast.auditor, **{**given, **said})


def seed_that_spares(cast: Cast, wanted: int) -> str:
    """A seed whose sample leaves the auditor's own grant out, which they could not judge; where it can."""
    ids = [str(key) for key in RoleGrant.objects.values_list("pk", flat=True)]
    own = {str(grant.pk) for grant in RoleGrant.objects.filter(person=cast.person("auditor"))}
    if not 0 < wanted < len(ids):
        return "lantern"
    seeds = (f"lantern-{number}" for number in count(1))
    return next(seed for seed in seeds if own.isdisjoint(sampling.drawn(seed, ids, wanted)))


def frozen(cast: Cast, **said: Any) -> ControlTest:
    return commands.freeze_population(actor=cast.auditor, test_id=defined(cast, **said).pk)


def drawn(cast: Cast, **said: Any) -> ControlTest:
    return commands.draw_sample(actor=cast.auditor, test_id=frozen(cast, **said).pk)


def item_of(test: ControlTest, rank: int = 1) -> SampleItem:
    return SampleItem.objects.get(test=test, rank=rank)


def judge(cast: Cast, test: ControlTest, *results: str) -> ControlTest:
    """Judge the sample from its beginning; the last result holds for the rest."""
    for item in test.items.order_by("rank"):
        result = results[min(item.rank, len(results)) - 1]
        note = "" if result == "pass" else "Nobody is named."
        commands.judge_item(actor=cast.auditor, item_id=item.pk, result=result, note=note)
    return ControlTest.objects.get(pk=test.pk)


def concluded(cast: Cast) -> ControlTest:
    test = judge(cast, drawn(cast), "pass")
    return commands.conclude_test(actor=cast.auditor, test_id=test.pk, conclusion="The rule was kept.")


def exception(cast: Cast) -> SampleItem:
    """The first record of a sample, judged an exception."""
    test = drawn(cast)
    return commands.judge_item(
        actor=cast.auditor, item_id=item_of(test).pk, result="exception", note="Nobody is named."
    )


def raised(cast: Cast, **said: Any) -> Finding:
    given = {
        "title": "A grant without a giver",
        "detail": "The rule of 2026 asks for a second person; the record names none.",
        "severity": "moderate",
        "answer_by": clock.today() + timedelta(days=14),
    }
    return findings.raise_finding(actor=cast.auditor, **{**given, **said})


def answered(cast: Cast, finding: Finding | None = None, **said: Any) -> Finding:
    finding = finding or raised(cast)
    given = {
        "text": "The archivist looks through all grants and names who made them.",
        "owner_id": cast.person("archivist").pk,
        "due_on": clock.today() + timedelta(days=30),
    }
    return findings.answer_finding(actor=cast.steward, finding_id=finding.pk, **{**given, **said})


def closed(cast: Cast) -> Finding:
    finding = answered(cast)
    return findings.close_finding(
        actor=cast.auditor, finding_id=finding.pk, text="All grants name who made them."
    )
