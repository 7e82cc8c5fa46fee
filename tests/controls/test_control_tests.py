"""From a rule to its conclusion: what each step does and refuses."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from accounts import commands as accounts
from accounts.actors import actor_of
from accounts.models import RoleGrant
from audit.belonging import belonging_to
from audit.models import Event
from audit.registry import populations
from audit.testing import recorded
from audit.withholding import withheld_from
from controls.commands import control_tests as commands
from controls.commands.results import export_results
from controls.models import ControlTest, FrozenPopulation, SampleItem
from controls.sampling import drawn, population_digest
from controls.states import CONTROL, ControlState
from core import clock
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from tests.cast import Cast
from tests.factories import controls as make

SignedIn = Callable[[str], Client]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"criterion": " "}, "criterion"),
        ({"population": "everything"}, "population"),
        ({"until": date(2020, 1, 1)}, "until"),
        ({"wanted": -1}, "wanted"),
        ({"wanted": 201}, "wanted"),
        ({"seed": ""}, "seed"),
        ({"seed_source": "checkpoint"}, "seed"),
    ],
)
def test_what_is_no_definition_is_refused(cast: Cast, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        make.defined(cast, **said)
    assert refused.value.field == field
    assert not ControlTest.objects.exists()


def test_the_population_is_what_the_product_says_with_count_and_digest(cast: Cast) -> None:
    test = make.frozen(cast)
    ids = [str(key) for key in RoleGrant.objects.order_by("pk").values_list("pk", flat=True)]
    assert [key for key, _ in test.frozen.members] == ids
    assert (test.frozen.count, test.frozen.digest) == (len(ids), population_digest(ids))
    assert [label for _, label in test.frozen.members if "Auditor" in label] == ["Auditor for Auditor"]
    event = Event.objects.get(number=test.frozen_in)
    assert event.data == {"count": len(ids), "digest": test.frozen.digest}


def test_what_comes_after_the_freezing_is_in_no_population(cast: Cast) -> None:
    test = make.frozen(cast)
    late = accounts.grant_role(actor=cast.steward, person_id=cast.person("outsider").pk, role="coder")
    sampled = commands.draw_sample(actor=cast.auditor, test_id=test.pk)
    assert late.pk not in set(sampled.items.values_list("record_id", flat=True))
    assert late.pk not in {UUID(key) for key, _ in FrozenPopulation.objects.get().members}


def test_a_frozen_population_is_never_changed(cast: Cast) -> None:
    test = make.frozen(cast)
    test.frozen.count = 1
    with pytest.raises(Exception, match="append-only"), recorded():
        test.frozen.save()


def test_a_period_that_is_not_over_and_one_without_records_are_not_frozen(cast: Cast) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(IllegalMove, match="when it is over"):
        make.frozen(cast, until=tomorrow)
    day = clock.today() - timedelta(days=400)
    with pytest.raises(IllegalMove, match="no such record"):
        make.frozen(cast, since=day, until=day)


def test_too_many_records_are_not_frozen(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "MOST_SAMPLED", 3)
    with pytest.raises(IllegalMove, match="too many to judge each"):
        make.frozen(cast, wanted=0)
    monkeypatch.setattr(commands, "MOST_MEMBERS", 3)
    with pytest.raises(IllegalMove, match="shorter periods"):
        make.frozen(cast)


def test_the_sample_is_the_seeds_and_is_drawn_once(cast: Cast) -> None:
    test = make.drawn(cast)
    sample = [str(item.record_id) for item in test.items.order_by("rank")]
    assert sample == drawn(test.seed, dict(test.frozen.members), 3)
    with pytest.raises(IllegalMove):
        commands.draw_sample(actor=cast.auditor, test_id=test.pk)


def test_a_small_population_is_judged_whole(cast: Cast) -> None:
    test = make.drawn(cast, wanted=200)
    assert test.items.count() == test.frozen.count


def test_before_the_freezing_is_sealed_nothing_is_drawn(cast: Cast) -> None:
    test = make.frozen(cast, seed_source="checkpoint", seed="")
    with pytest.raises(IllegalMove, match="not sealed yet"):
        commands.draw_sample(actor=cast.auditor, test_id=test.pk)
    assert ControlTest.objects.get(pk=test.pk).seed == ""


def test_a_record_is_judged_and_judged_anew_until_the_end(cast: Cast) -> None:
    test = make.drawn(cast)
    item = make.item_of(test)
    for result, note in (
        ("pass", ""),
        ("exception", "Nobody is named."),
        ("not_applicable", "It was a trial."),
    ):
        judged = commands.judge_item(actor=cast.auditor, item_id=item.pk, result=result, note=note)
        assert (judged.result, judged.note, judged.judged_by_name) == (result, note, "Auditor")
    assert item.history.count() == 4
    before = Event.objects.count()
    commands.judge_item(actor=cast.auditor, item_id=item.pk, result="not_applicable", note="It was a trial.")
    assert Event.objects.count() == before


@pytest.mark.parametrize("result", ["exception", "not_applicable"])
def test_what_does_not_simply_pass_needs_a_note(cast: Cast, result: str) -> None:
    with pytest.raises(Unacceptable, match="note"):
        commands.judge_item(actor=cast.auditor, item_id=make.item_of(make.drawn(cast)).pk, result=result)


def test_an_unknown_judgement_is_refused(cast: Cast) -> None:
    with pytest.raises(Unacceptable, match="Choose pass"):
        commands.judge_item(actor=cast.auditor, item_id=make.item_of(make.drawn(cast)).pk, result="perhaps")


def test_nobody_judges_what_names_them_or_what_they_wrote(cast: Cast) -> None:
    accounts.grant_role(
        actor=cast.secretary,
        person_id=cast.person("steward").pk,
        role="auditor",
        ends_at=clock.now() + timedelta(days=300),
    )
    test = make.drawn(cast, wanted=0)
    by_steward = accounts.grant_role(actor=cast.steward, person_id=cast.person("outsider").pk, role="coder")
    later = make.drawn(cast, wanted=0)
    own = later.items.get(record_id=by_steward.pk)
    for actor, item in (
        (actor_of(cast.person("steward")), own),
        (cast.auditor, test.items.get(record_id=RoleGrant.objects.get(person=cast.person("auditor")).pk)),
    ):
        with pytest.raises(NotAllowed, match="had part"):
            commands.judge_item(actor=actor, item_id=item.pk, result="pass")
    assert not SampleItem.objects.exclude(result="").exists()


def test_a_test_ends_when_all_is_judged_and_every_exception_has_a_finding(cast: Cast) -> None:
    test = make.drawn(cast)
    with pytest.raises(IllegalMove, match="3 of the sample are not judged"):
        commands.conclude_test(actor=cast.auditor, test_id=test.pk, conclusion="Kept.")
    make.judge(cast, test, "exception", "pass")
    with pytest.raises(IllegalMove, match="exception without a finding"):
        commands.conclude_test(actor=cast.auditor, test_id=test.pk, conclusion="Kept.")
    make.raised(cast, item_id=make.item_of(test).pk)
    with pytest.raises(Unacceptable, match="what the test showed"):
        commands.conclude_test(actor=cast.auditor, test_id=test.pk, conclusion=" ")
    done = commands.conclude_test(actor=cast.auditor, test_id=test.pk, conclusion="Kept, but for one.")
    assert (done.state, done.conclusion) == (ControlState.CONCLUDED, "Kept, but for one.")
    with pytest.raises(IllegalMove, match="stays as it is"):
        commands.judge_item(
            actor=cast.auditor, item_id=make.item_of(test, 2).pk, result="pass", note="After all."
        )
    with pytest.raises(IllegalMove):
        commands.drop_test(actor=cast.auditor, test_id=test.pk, conclusion="Oops.")


def test_a_test_is_given_up_with_a_reason_and_what_was_done_stays(cast: Cast) -> None:
    test = make.judge(cast, make.drawn(cast), "pass")
    with pytest.raises(Unacceptable, match="given up"):
        commands.drop_test(actor=cast.auditor, test_id=test.pk, conclusion="")
    dropped = commands.drop_test(actor=cast.auditor, test_id=test.pk, conclusion="The wrong period.")
    assert (dropped.state, dropped.items.count()) == (ControlState.DROPPED, 3)


def test_the_machine() -> None:
    moves = {(a, b) for a in ControlState for b in ControlState if CONTROL.allows(a, b)}
    assert moves == {
        ("defined", "frozen"),
        ("defined", "dropped"),
        ("frozen", "drawn"),
        ("frozen", "dropped"),
        ("drawn", "concluded"),
        ("drawn", "dropped"),
    }


def test_only_auditors_test(cast: Cast) -> None:
    test = make.frozen(cast)
    for actor in (cast.steward, cast.secretary, cast.chair, cast.outsider):
        for act in (
            lambda: commands.draw_sample(actor=actor, test_id=test.pk),  # noqa: B023
            lambda: commands.drop_test(actor=actor, test_id=test.pk, conclusion="No."),  # noqa: B023
            lambda: export_results(actor=actor, test_id=test.pk),  # noqa: B023
        ):
            with pytest.raises(NotAllowed, match="Only auditors"):
                act()
    with pytest.raises(NotFound):
        commands.draw_sample(actor=cast.auditor, test_id=UUID(int=1))


def test_the_file_has_every_record_and_draws_the_sample_again(cast: Cast, signed_in: SignedIn) -> None:
    test = make.judge(cast, make.drawn(cast), "exception", "pass")
    answer = signed_in("auditor").post(reverse("controls:test-export", args=[test.pk]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == test.frozen.count
    by_digest = sorted(rows, key=lambda row: row["digest"])[:3]
    assert [row["record_id"] for row in by_digest] == [row["record_id"] for row in rows if row["rank"]]
    assert [row["result"] for row in rows[:3]] == ["exception", "pass", "pass"]
    assert population_digest(row["record_id"] for row in rows) == test.frozen.digest
    assert Event.objects.filter(verb="controls.results.exported", target_id=str(test.pk)).count() == 1


def test_before_the_freezing_there_is_nothing_to_take_away(cast: Cast) -> None:
    with pytest.raises(IllegalMove, match="nothing to take away"):
        export_results(actor=cast.auditor, test_id=make.defined(cast).pk)


def test_the_evidence_of_a_test_holds_its_sample_and_the_records_themselves(cast: Cast) -> None:
    test = make.judge(cast, make.drawn(cast), "exception", "pass")
    make.raised(cast, item_id=make.item_of(test).pk)
    members = belonging_to(test, cast.auditor, withheld_from(cast.auditor))
    found = {model._meta.label: {row.pk for row in rows} for model, rows in members.items()}
    assert found["accounts.RoleGrant"] == set(test.items.values_list("record_id", flat=True))
    assert len(found["controls.SampleItem"]) == 3
    assert {"controls.FrozenPopulation", "controls.Finding"} <= set(found)


def test_judging_leads_to_the_next_and_at_the_end_to_the_test(cast: Cast, signed_in: SignedIn) -> None:
    test = make.drawn(cast)
    client = signed_in("auditor")
    url = reverse("controls:item-judge", args=[test.pk, 1])
    for rank in (2, 3):
        answer = client.post(url, {"result": "pass"})
        url = reverse("controls:item-judge", args=[test.pk, rank])
        assert answer.url == url
    assert client.post(url, {"result": "pass"}).url == reverse("controls:test", args=[test.pk])
    assert client.get(reverse("controls:item-judge", args=[test.pk, 4])).status_code == 404


def test_every_population_can_be_read_and_named(cast: Cast) -> None:
    """Whatever an app offers: its rows by its day, its parties, its words."""
    assert len(populations.items()) > 10
    for key, each in populations.items():
        each.rows.model._meta.get_field(each.by)
        assert each.label
        assert each.about.endswith("."), key
