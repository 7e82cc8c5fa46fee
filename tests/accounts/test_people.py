"""People and roles: who may do what about whom, on pages and through commands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import commands
from accounts.actors import actor_of
from accounts.models import Person, RoleGrant
from audit.models import Event
from core.errors import IllegalMove, NotAllowed, Unacceptable
from mail.models import Message
from tests.accounts.test_organisation import make_organisation
from tests.cast import Cast


def test_somebody_is_admitted_with_first_roles_and_sent_a_way_in(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    sent = {"name": "Nora Vance", "email": "nora@example.org", "roles": ["editor", "coder"]}
    answer = signed_in("secretary").post(reverse("accounts:person-admit"), sent)
    assert answer.status_code == 303
    nora = Person.objects.get(name="Nora Vance")
    assert actor_of(nora).roles == {"editor", "coder"}
    assert Message.objects.get(recipient=nora).url.startswith("/accounts/password/reset/key/")


def test_nobody_grants_revokes_or_deactivates_themselves(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("steward")
    own = cast.person("steward")
    for name in ("person-grant", "person-deactivate"):
        assert client.get(reverse(f"accounts:{name}", args=[own.pk])).status_code == 403
    held = RoleGrant.objects.get(person=own, role="steward")
    assert client.post(reverse("accounts:grant-revoke", args=[held.pk]), {"reason": "x"}).status_code == 403
    page = client.get(reverse("accounts:person", args=[own.pk])).content.decode()
    assert "Nobody grants or revokes a role of their own" in page
    assert "disabled>Grant a role" in page


def test_a_role_is_granted_until_a_day_and_revoked_with_a_reason(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("steward")
    person = cast.person("outsider")
    sent = {"role": "coder", "ends_at": "2030-06-30"}
    assert client.post(reverse("accounts:person-grant", args=[person.pk]), sent).status_code == 303
    row = RoleGrant.objects.get(person=person)
    assert f"{row.ends_at:%Y-%m-%d %H}" == "2030-06-30 23"
    where = reverse("accounts:grant-revoke", args=[row.pk])
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "The coding is done."}).status_code == 303
    assert actor_of(person).roles == frozenset()
    assert "The coding is done." in client.get(reverse("accounts:person", args=[person.pk])).content.decode()


def test_somebody_deactivated_is_out_and_the_page_says_what_they_hold(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client, theirs = signed_in("secretary"), signed_in("editor")
    where = reverse("accounts:person-deactivate", args=[cast.person("editor").pk])
    assert "the role Editor" in client.get(where).content.decode()
    assert client.post(where, {"reason": "Left the house."}).status_code == 303
    assert theirs.get("/desk/").status_code == 403
    back = reverse("accounts:person-reactivate", args=[cast.person("editor").pk])
    assert client.post(back, {"reason": "Came back."}).status_code == 303
    assert theirs.get("/desk/").status_code == 200


def test_a_name_is_changed_and_the_old_one_stays_in_history(cast: Cast) -> None:
    person = cast.person("editor")
    commands.edit_person(actor=cast.steward, person_id=person.pk, name=" Lucia F. ", affiliation="Press")
    assert Person.objects.get(pk=person.pk).name == "Lucia F."
    assert set(Person.history.filter(id=person.pk).values_list("name", flat=True)) == {"Editor", "Lucia F."}
    before = Event.objects.count()
    commands.edit_person(actor=cast.steward, person_id=person.pk, name="Lucia F.", affiliation="Press")
    assert Event.objects.count() == before
    with pytest.raises(Unacceptable):
        commands.edit_person(actor=cast.steward, person_id=person.pk, name=" ")


def test_where_mail_goes_nowhere_an_invitation_is_shown_once(
    cast: Cast, signed_in: Callable[[str], Client], settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client = signed_in("steward")
    person = cast.person("outsider")
    client.post(reverse("accounts:person-invite", args=[person.pk]))
    record = reverse("accounts:person", args=[person.pk])
    assert "/accounts/password/reset/key/" in client.get(record).content.decode()
    assert "/accounts/password/reset/key/" not in client.get(record).content.decode()


def test_the_list_finds_people_and_takes_few_queries(
    cast: Cast, signed_in: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    client = signed_in("auditor")
    client.get("/desk/people/")
    with django_assert_max_num_queries(12):
        page = client.get("/desk/people/", {"q": "editor"}).content.decode()
    assert "Second editor" in page
    assert "Archivist" not in page
    assert "Nobody fits" in client.get("/desk/people/", {"q": "zzz"}).content.decode()


PUBLIC = ["/", "/decisions/", "/essays/", "/transparency/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_without_a_public_site_visitors_see_the_sign_in_page_alone(
    cast: Cast, signed_in: Callable[[str], Client], path: str
) -> None:
    make_organisation(cast, public_site=False)
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert signed_in("outsider").get(path).status_code == 200
    assert Client().get("/healthz").status_code == 200
    door = Client().get("/accounts/login/")
    assert door.status_code == 200
    assert "Decisions" not in door.content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_with_one_everybody_reads(cast: Cast, path: str) -> None:
    make_organisation(cast)
    assert Client().get(path).status_code == 200


def test_visibility_is_changed_by_a_keeper_with_a_reason(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("secretary")
    sent = {"public_site": "no", "roll_call": "totals", "reason": "The council asked for it."}
    with pytest.raises(IllegalMove):
        commands.change_visibility(actor=cast.steward, public_site=False, roll_call="totals", reason="x")
    make_organisation(cast)
    assert client.post("/desk/visibility/", {**sent, "reason": ""}).status_code == 422
    assert client.post("/desk/visibility/", sent).status_code == 303
    assert "The council asked for it." in client.get("/desk/visibility/").content.decode()
    assert Client().get("/decisions/").status_code == 302
    with pytest.raises(NotAllowed):
        commands.change_visibility(actor=cast.auditor, public_site=True, roll_call="names", reason="x")


def test_somebody_with_three_roles_acts_with_all_three(cast: Cast) -> None:
    person = cast.person("outsider")
    for role in ("coder", "editor", "archivist"):
        commands.grant_role(actor=cast.steward, person_id=person.pk, role=role)
    assert actor_of(person).roles == {"coder", "editor", "archivist"}
