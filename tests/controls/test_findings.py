"""Findings: raised, answered, followed up, sent back or closed; who is reminded of what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from accounts.queries import waiting_for
from audit.testing import recorded
from controls.commands import control_tests, findings
from controls.models import Finding, FindingNote
from controls.states import FINDING, FindingState
from core import clock
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from core.policies import Actor
from mail.models import Message
from tests.cast import Cast
from tests.factories import controls as make

SignedIn = Callable[[str], Client]


def titles(actor: Actor) -> list[str]:
    return [item.title for item in waiting_for(actor) if "inding" in item.title or "ontrol" in item.title]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"detail": " "}, "detail"),
        ({"severity": "dreadful"}, "severity"),
    ],
)
def test_what_is_no_finding_is_refused(cast: Cast, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        make.raised(cast, **said)
    assert refused.value.field == field
    assert not Finding.objects.exists()


def test_days_that_are_over_are_refused(cast: Cast) -> None:
    over = clock.today() - timedelta(days=1)
    with pytest.raises(Unacceptable, match="over already"):
        make.raised(cast, answer_by=over)
    with pytest.raises(Unacceptable, match="over already"):
        make.answered(cast, due_on=over)
    with pytest.raises(Unacceptable, match="over already"):
        findings.send_back_finding(
            actor=cast.auditor, finding_id=make.answered(cast).pk, text="Not yet.", answer_by=over
        )


def test_an_exception_has_one_finding_and_keeps_its_judgement(cast: Cast) -> None:
    item = make.exception(cast)
    finding = make.raised(cast, item_id=item.pk)
    assert finding.test_id == item.test_id
    with pytest.raises(IllegalMove, match="already"):
        make.raised(cast, item_id=item.pk)
    with pytest.raises(IllegalMove, match="rests on this exception"):
        control_tests.judge_item(actor=cast.auditor, item_id=item.pk, result="pass")


def test_a_record_that_passed_and_a_dropped_test_have_no_findings(cast: Cast) -> None:
    test = make.drawn(cast)
    with pytest.raises(IllegalMove, match="not judged an exception"):
        make.raised(cast, item_id=make.item_of(test).pk)
    control_tests.drop_test(actor=cast.auditor, test_id=test.pk, conclusion="The wrong period.")
    with pytest.raises(IllegalMove, match="dropped"):
        make.raised(cast, test_id=test.pk)
    with pytest.raises(NotFound):
        make.raised(cast, test_id=UUID(int=1))


def test_a_finding_is_answered_sent_back_answered_and_closed(cast: Cast) -> None:
    finding = make.answered(cast)
    day = clock.today() + timedelta(days=7)
    findings.send_back_finding(
        actor=cast.auditor, finding_id=finding.pk, text="Two are still missing.", answer_by=day
    )
    make.answered(cast, finding, owner_id=cast.person("secretary").pk)
    done = findings.close_finding(actor=cast.auditor, finding_id=finding.pk, text="All are named.")
    assert (done.state, done.owner_id, bool(done.closed_at)) == ("closed", cast.person("secretary").pk, True)
    said = list(done.notes.values_list("number", "kind", "written_by_name", "owner_name"))
    assert said == [
        (1, "answer", "Steward", "Archivist"),
        (2, "sent_back", "Auditor", ""),
        (3, "answer", "Steward", "Secretary"),
        (4, "closing", "Auditor", ""),
    ]
    with pytest.raises(IllegalMove):
        make.answered(cast, finding)


def test_an_open_finding_is_neither_closed_nor_sent_back(cast: Cast) -> None:
    finding = make.raised(cast)
    with pytest.raises(IllegalMove):
        findings.close_finding(actor=cast.auditor, finding_id=finding.pk, text="Never mind.")
    with pytest.raises(IllegalMove):
        findings.send_back_finding(
            actor=cast.auditor, finding_id=finding.pk, text="More.", answer_by=clock.today()
        )
    assert finding.notes.count() == 0


def test_words_are_needed_and_an_owner_who_is_here_and_did_not_raise_it(cast: Cast) -> None:
    finding = make.answered(cast)
    with pytest.raises(Unacceptable, match="what is done"):
        make.answered(cast, text=" ")
    with pytest.raises(Unacceptable, match="active here"):
        make.answered(cast, owner_id=UUID(int=1))
    with pytest.raises(Unacceptable, match="cannot own it"):
        make.answered(cast, owner_id=cast.auditor.id)
    with pytest.raises(Unacceptable, match="settled"):
        findings.close_finding(actor=cast.auditor, finding_id=finding.pk, text=" ")
    with pytest.raises(Unacceptable, match="missing"):
        findings.send_back_finding(
            actor=cast.auditor, finding_id=finding.pk, text=" ", answer_by=clock.today()
        )


def test_the_management_answers_auditors_close(cast: Cast) -> None:
    finding = make.raised(cast)
    for actor in (cast.auditor, cast.archivist, cast.chair):
        with pytest.raises(NotAllowed):
            findings.answer_finding(
                actor=actor,
                finding_id=finding.pk,
                text="Done.",
                owner_id=cast.person("archivist").pk,
                due_on=clock.today(),
            )
    for actor in (cast.steward, cast.secretary, cast.archivist):
        with pytest.raises(NotAllowed):
            findings.close_finding(actor=actor, finding_id=make.answered(cast).pk, text="Done.")


def test_what_was_said_is_never_changed(cast: Cast) -> None:
    make.answered(cast)
    note = FindingNote.objects.get()
    note.text = "Nothing."
    with pytest.raises(Exception, match="append-only"), recorded():
        note.save()


def test_the_machine() -> None:
    moves = {(a, b) for a in FindingState for b in FindingState if FINDING.allows(a, b)}
    assert moves == {("open", "answered"), ("answered", "open"), ("answered", "closed")}


def test_today_tells_the_management_the_owner_and_the_auditor(cast: Cast) -> None:
    finding = make.raised(cast)
    waits = [f"Finding {finding.number} waits for your response: {finding.title}"]
    assert titles(cast.steward) == titles(cast.secretary) == waits
    assert titles(cast.archivist) == titles(cast.auditor) == titles(cast.chair) == []
    make.answered(cast, finding)
    assert titles(cast.steward) == titles(cast.archivist) == []
    with clock.moved(timedelta(days=20)):
        assert titles(cast.archivist) == [f"Finding {finding.number}, which you own: {finding.title}"]
        assert titles(cast.auditor) == []
    with clock.moved(timedelta(days=30)):
        assert titles(cast.auditor) == [f"Follow up finding {finding.number}: {finding.title}"]


def test_today_tells_auditors_of_a_sample_that_is_not_judged(cast: Cast) -> None:
    test = make.drawn(cast)
    assert titles(cast.auditor) == [f"Control test {test.number}: {test.title}"]
    make.judge(cast, test, "pass")
    assert titles(cast.auditor) == []


def test_the_owner_reads_the_finding_and_not_the_test(cast: Cast, signed_in: SignedIn) -> None:
    item = make.exception(cast)
    finding = make.answered(cast, make.raised(cast, item_id=item.pk))
    page = signed_in("archivist").get(reverse("controls:finding", args=[finding.pk]))
    assert page.status_code == 200
    assert reverse("controls:test", args=[item.test_id]) not in page.content.decode()
    assert signed_in("coder").get(reverse("controls:finding", args=[finding.pk])).status_code == 403


@pytest.mark.parametrize("named", ["item=nonsense", "test=00000000-0000-0000-0000-000000000001"])
def test_a_finding_about_nothing_is_not_there(cast: Cast, signed_in: SignedIn, named: str) -> None:
    assert signed_in("auditor").get(f"{reverse('controls:finding-new')}?{named}").status_code == 404


def test_who_must_act_on_a_finding_is_told_by_mail_and_what_was_found_is_not_in_it(cast: Cast) -> None:
    finding = make.answered(cast)
    day = clock.today() + timedelta(days=3)
    findings.send_back_finding(
        actor=cast.auditor, finding_id=finding.pk, text="Two are missing.", answer_by=day
    )
    told = {
        kind: sorted(
            Message.objects.filter(kind=f"controls.finding.{kind}").values_list("recipient__name", flat=True)
        )
        for kind in ("raised", "owned", "answered", "sent_back")
    }
    assert told == {
        "raised": ["Founder", "Secretary", "Steward"],
        "owned": ["Archivist"],
        "answered": ["Auditor"],
        "sent_back": ["Archivist"],
    }
    for message in Message.objects.filter(kind__startswith="controls.finding."):
        assert finding.title in message.text
        assert finding.detail not in message.text
        assert "Two are missing" not in message.text
