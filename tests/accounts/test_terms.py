"""An auditor's role ends: it must, it is told of beforehand, and afterwards nothing that it opened is readable."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import commands
from accounts.actors import actor_of
from accounts.checks import every_auditor_has_an_end
from accounts.models import RoleGrant
from accounts.queries import auditors_without_end
from accounts.terms import fits, longest_end
from audit.testing import recorded
from config.health import lines
from core import clock
from core.errors import NotAllowed, Unacceptable
from mail.commands import tell_of_ending
from mail.models import Message
from mail.registry import ENDING
from mail.tasks import tell_of_endings
from tests.cast import Cast
from tests.security.permissions import Row
from tests.security.test_permissions import ROWS

SignedIn = Callable[[str], Client]
TERM = timedelta(days=300)  # of the cast's auditor
OPENED = [
    row
    for row in ROWS
    if row.method == "GET" and row.expected("auditor") == 200 and row.expected("outsider") != 200
]


@pytest.mark.parametrize("row", OPENED, ids=lambda row: row.name)
def test_the_day_after_nothing_is_readable(row: Row, cast: Cast, signed_in: SignedIn) -> None:
    url, client = reverse(row.name, kwargs=row.make(cast)), signed_in("auditor")
    assert client.get(url).status_code == 200
    with clock.moved(TERM + timedelta(days=1)):
        assert client.get(url).status_code == row.expected("outsider")
        assert actor_of(cast.person("auditor")).roles == frozenset()


def test_the_auditors_pages_are_among_those_looked_at() -> None:
    assert {"audit:event-timeline", "audit:record-pack", "controls:test", "accounts:people"} <= {
        row.name for row in OPENED
    }
    assert len(OPENED) > 30


def test_a_year_and_no_longer() -> None:
    starts = datetime(2026, 11, 28, 9, tzinfo=UTC)
    last = datetime(2027, 11, 29, 23, 59, tzinfo=UTC)
    assert fits("auditor", starts, last)
    assert not fits("auditor", starts, last + timedelta(days=1))
    assert not fits("auditor", starts, None)
    assert fits("editor", starts, None)
    assert (longest_end("editor", starts), longest_end("auditor", starts)) == (
        None,
        starts + timedelta(days=366),
    )


@pytest.mark.parametrize("days", [None, 367])
def test_an_auditor_without_an_end_is_refused(cast: Cast, days: int | None) -> None:
    ends_at = clock.now() + timedelta(days=days) if days else None
    with pytest.raises(Unacceptable, match="needs a last day") as refused:
        commands.grant_role(
            actor=cast.steward, person_id=cast.person("editor").pk, role="auditor", ends_at=ends_at
        )
    assert refused.value.field == "ends_at"
    with pytest.raises(Unacceptable, match="admit them, then grant it"):
        commands.admit_person(
            actor=cast.steward, name="Nora Vance", email="nora@example.org", roles=["auditor"]
        )


def test_the_form_says_so_and_the_page_tells_until_when(cast: Cast, signed_in: SignedIn) -> None:
    client, editor = signed_in("steward"), cast.person("editor")
    page = client.post(reverse("accounts:person-grant", args=[editor.pk]), {"role": "auditor"})
    assert page.status_code == 422
    assert "needs a last day" in page.content.decode()
    offered = client.get(reverse("accounts:person-admit")).context["form"].fields["roles"].choices
    assert "auditor" not in dict(offered)
    last = clock.today() + timedelta(days=100)
    client.post(
        reverse("accounts:person-grant", args=[editor.pk]), {"role": "auditor", "ends_at": last.isoformat()}
    )
    for url in (reverse("accounts:people"), reverse("accounts:person", args=[editor.pk])):
        assert f"{last:%-d %b %Y}" in client.get(url).content.decode()


def test_who_stays_is_granted_the_role_anew_before_or_after_its_end(cast: Cast) -> None:
    person = cast.person("auditor")
    first = RoleGrant.objects.get(person=person)
    later = clock.now() + timedelta(days=360)
    renewed = commands.grant_role(actor=cast.steward, person_id=person.pk, role="auditor", ends_at=later)
    first.refresh_from_db()
    assert (first.revoked_at is not None, first.ended_by_itself, renewed.ends_at) == (True, False, later)
    assert (
        commands.grant_role(actor=cast.steward, person_id=person.pk, role="auditor", ends_at=later) == renewed
    )
    with clock.moved(timedelta(days=365)):
        assert actor_of(person).roles == frozenset()
        again = commands.grant_role(
            actor=cast.steward, person_id=person.pk, role="auditor", ends_at=clock.now() + timedelta(days=30)
        )
        assert actor_of(person).roles == {"auditor"}
        renewed.refresh_from_db()
        assert renewed.ended_by_itself
        assert again != renewed


def test_two_weeks_before_the_end_they_are_written_to_once(cast: Cast) -> None:
    assert tell_of_endings() == 0
    with clock.moved(TERM - timedelta(days=13)):
        assert (tell_of_endings(), tell_of_endings()) == (1, 0)
        mail = Message.objects.get(kind=ENDING)
        assert mail.recipient == cast.person("auditor")
        assert mail.subject.startswith("Your role Auditor ends on")
    with clock.moved(TERM + timedelta(days=1)):
        assert tell_of_endings() == 0


def test_only_the_mailer_writes_and_never_of_a_role_that_was_revoked(cast: Cast) -> None:
    grant = RoleGrant.objects.get(person=cast.person("auditor"))
    with pytest.raises(NotAllowed):
        tell_of_ending(actor=cast.steward, grant_id=grant.pk)
    commands.revoke_role(actor=cast.steward, grant_id=grant.pk, reason="The audit is over.")
    with clock.moved(TERM - timedelta(days=13)):
        assert tell_of_endings() == 0
    assert not Message.objects.filter(kind=ENDING).exists()


def test_an_auditor_from_before_the_rule_is_named_by_the_check_and_the_health_page(
    cast: Cast,
) -> None:
    assert every_auditor_has_an_end(None, databases=["default"]) == []
    [line] = [line for line in lines() if line.name == "Auditors’ terms"]
    assert line.sound
    with recorded():
        grant = RoleGrant.objects.get(person=cast.person("auditor"))
        grant.ends_at = None
        grant.save()
    assert [found.person.name for found in auditors_without_end()] == ["Auditor"]
    [problem] = every_auditor_has_an_end(None, databases=["default"])
    assert "Auditor has no end" in problem.msg
    [line] = [line for line in lines() if line.name == "Auditors’ terms"]
    assert (line.sound, line.found) == (False, "No last day: Auditor")
