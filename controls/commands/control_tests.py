"""Define a control test, freeze its population, draw its sample, judge, conclude."""

from datetime import date
from uuid import UUID

from audit.commands import command, in_command, locked, record, unchanged
from audit.registry import populations
from controls import parts, policies, queries, sampling, steps
from controls.events import Verb
from controls.models import ControlTest, FrozenPopulation, SampleItem
from controls.states import CONTROL, ControlState, Result, SeedSource
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require

MOST_MEMBERS = 20_000
"""Records of a population; a larger one is tested a shorter period at a time."""
MOST_SAMPLED = 200
"""Records of a sample: each is judged by a person."""


@command(Verb.TEST_DEFINED)
def define_test(
    *,
    actor: Actor,
    title: str,
    criterion: str,
    population: str,
    since: date,
    until: date,
    wanted: int,
    seed_source: str = SeedSource.CHECKPOINT,
    seed: str = "",
) -> ControlTest:
    """A new test. How its seed comes about is said here, before anybody knows the population."""
    require(policies.may_test(actor))
    if not title.strip():
        raise Unacceptable("Write the rule as a sentence that is true when it was kept.", "title")
    if not criterion.strip():
        raise Unacceptable("Say what a record must show to pass.", "criterion")
    if population not in populations:
        raise Unacceptable("Choose one of the populations.", "population")
    if since > until:
        raise Unacceptable("The period ends before it begins.", "until")
    if not 0 <= wanted <= MOST_SAMPLED:
        raise Unacceptable(f"A sample has at most {MOST_SAMPLED} records; 0 judges all of them.", "wanted")
    if (seed_source == SeedSource.ENTERED) != bool(seed):
        raise Unacceptable("Enter a seed only where you choose it yourself, and then always.", "seed")
    test = ControlTest(
        number=steps.next_number("test"),
        title=title.strip(),
        criterion=criterion.strip(),
        population=population,
        since=since,
        until=until,
        wanted=wanted,
        seed_source=SeedSource(seed_source),
        seed=seed,
        defined_by=steps.person_of(actor),
        defined_by_name=actor.name,
        defined_at=clock.now(),
    )
    test.save(force_insert=True)
    record(test, data={"population": population, "seed": seed_source})
    return test


@command(Verb.POPULATION_FROZEN)
def freeze_population(*, actor: Actor, test_id: UUID) -> ControlTest:
    """Write down which records the test is about, with their count and digest. IllegalMove: too early, or none."""
    test = locked(ControlTest, test_id)
    require(policies.may_test(actor))
    CONTROL.require(test.state, ControlState.FROZEN)
    if test.until > clock.today():
        raise IllegalMove(
            f"The period ends on {test.until:%-d %B %Y}. Freeze its population when it is over."
        )
    members = queries.members_of(populations.get(test.population), test.since, test.until, MOST_MEMBERS)
    if not members:
        raise IllegalMove(
            "There is no such record in this period. Drop the test, and define one of another period."
        )
    if len(members) > MOST_MEMBERS:
        raise IllegalMove(f"These are more than {MOST_MEMBERS} records. Define tests of shorter periods.")
    if not test.wanted and len(members) > MOST_SAMPLED:
        raise IllegalMove(
            f"These are {len(members)} records, too many to judge each. Define a test with a sample."
        )
    frozen = FrozenPopulation(
        test=test,
        members=members,
        count=len(members),
        digest=sampling.population_digest(key for key, _ in members),
    )
    frozen.save(force_insert=True)
    test.state, test.frozen_at, test.frozen_in = ControlState.FROZEN, clock.now(), in_command().number
    test.save()
    record(test, data={"count": frozen.count, "digest": frozen.digest})
    return test


@command(Verb.SAMPLE_DRAWN)
def draw_sample(*, actor: Actor, test_id: UUID) -> ControlTest:
    """Draw the sample (controls.sampling). IllegalMove: the entry of the freezing is not sealed yet."""
    test = locked(ControlTest, test_id)
    require(policies.may_test(actor))
    CONTROL.require(test.state, ControlState.DRAWN)
    if test.seed_source == SeedSource.CHECKPOINT:
        checkpoint = queries.sealing_checkpoint(test.frozen_in)
        if checkpoint is None:
            raise IllegalMove(
                f"Entry {test.frozen_in}, which froze the population, is not sealed yet, and the seed is the root of"
                " the checkpoint that seals it. Try again in some seconds."
            )
        test.seed, test.checkpoint_size = bytes(checkpoint.root).hex(), checkpoint.size
    called = dict(test.frozen.members)
    sample = sampling.drawn(test.seed, called, test.wanted)
    if not sample:
        raise IllegalMove("What this population was made of has been redacted. Drop the test.")
    for place, key in enumerate(sample, start=1):
        SampleItem(test=test, rank=place, record_id=UUID(key), record_label=called[key]).save(
            force_insert=True
        )
    test.state, test.drawn_at = ControlState.DRAWN, clock.now()
    test.save()
    record(test, data={"seed": test.seed, "checkpoint": test.checkpoint_size, "sampled": len(sample)})
    return test


@command(Verb.ITEM_JUDGED)
def judge_item(*, actor: Actor, item_id: UUID, result: str, note: str = "") -> SampleItem:
    """Say of a sampled record whether it passes. May be said anew until the test is concluded."""
    item = locked(SampleItem, item_id)
    test = ControlTest.objects.select_for_update(no_key=True).get(pk=item.test_id)
    row = queries.record_of(item)
    has_part = row is not None and parts.had_part(actor, row, populations.get(test.population))
    require(policies.may_judge_item(actor, has_part=has_part))
    if test.state != ControlState.DRAWN:
        raise IllegalMove("This test is over: what was judged stays as it is.")
    if result not in Result.values:
        raise Unacceptable("Choose pass, exception or not applicable.", "result")
    if result != Result.PASS and not note.strip():
        raise Unacceptable("Say in a note why this record does not simply pass.", "note")
    if result != Result.EXCEPTION and hasattr(item, "finding"):
        raise IllegalMove(
            f"Finding {item.finding.number} rests on this exception. Close the finding instead."
        )
    if (item.result, item.note) == (result, note.strip()):
        return unchanged(item)
    item.result, item.note, item.judged_at = Result(result), note.strip(), clock.now()
    item.judged_by, item.judged_by_name = steps.person_of(actor), actor.name
    item.save()
    record(item, reason=item.note, data={"test": str(test.pk), "result": result})
    return item


@command(Verb.TEST_CONCLUDED)
def conclude_test(*, actor: Actor, test_id: UUID, conclusion: str) -> ControlTest:
    """Say what the test showed. IllegalMove: something is not judged, or an exception has no finding."""
    test = locked(ControlTest, test_id)
    require(policies.may_test(actor))
    CONTROL.require(test.state, ControlState.CONCLUDED)
    left = test.items.filter(result="").count()
    if left:
        raise IllegalMove(f"{left} of the sample {'is' if left == 1 else 'are'} not judged yet.")
    loose = test.items.filter(result=Result.EXCEPTION, finding=None).first()
    if loose is not None:
        raise IllegalMove(
            f"Record {loose.rank} of the sample is an exception without a finding. Raise one first."
        )
    return _end(test, ControlState.CONCLUDED, conclusion, "Say what the test showed.")


@command(Verb.TEST_DROPPED)
def drop_test(*, actor: Actor, test_id: UUID, conclusion: str) -> ControlTest:
    """Give a test up, with the reason. What was frozen, drawn and judged stays."""
    test = locked(ControlTest, test_id)
    require(policies.may_test(actor))
    CONTROL.require(test.state, ControlState.DROPPED)
    return _end(test, ControlState.DROPPED, conclusion, "Say why the test is given up.")


def _end(test: ControlTest, state: ControlState, conclusion: str, missing: str) -> ControlTest:
    if not conclusion.strip():
        raise Unacceptable(missing, "conclusion")
    test.state, test.conclusion, test.ended_at = state, conclusion.strip(), clock.now()
    test.save()
    record(test, reason=test.conclusion)
    return test
