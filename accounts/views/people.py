"""People and roles: the list, one record, and what a keeper does with it."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import commands, policies
from accounts.forms import AdmitForm, GrantForm, PeopleFilterForm, PersonForm, WhyForm
from accounts.models import Person, RoleGrant
from accounts.second_factor import fresh_factor
from accounts.steps import mail_stays_here, password_link
from audit.models import Event
from audit.withholding import withheld_from
from audit.wording import verb_in_words
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit

SHOWN_ONCE = "invitation_of"


def _person(person_id: UUID) -> Person:
    found = Person.objects.select_related("user").filter(pk=person_id).first()
    if found is None:
        raise NotFound("There is no such person.")
    return found


def _record(person: Person) -> str:
    return reverse("accounts:person", args=[person.pk])


def _in_force(rows: Any) -> list[RoleGrant]:
    now = clock.now()
    return [row for row in rows if row.revoked_at is None and (row.ends_at is None or row.ends_at > now)]


@desk_page
@require_safe
def people(request: DeskRequest) -> HttpResponse:
    require(policies.may_see_people(request.actor))
    form = PeopleFilterForm(request.GET)
    asked = form.chosen()
    rows = Person.objects.prefetch_related("grants", "seats__board")
    if asked.get("state") != "all":
        rows = rows.filter(active=asked.get("state") != "inactive")
    if text := asked.get("q", ""):
        rows = rows.filter(Q(name__icontains=text) | Q(affiliation__icontains=text))
    page = page_by_key(rows, request.GET, by=("name", "pk"))
    listed = [
        {
            "person": row,
            "roles": _in_force(row.grants.all()),
            "seats": [seat for seat in row.seats.all() if seat.ended_at is None],
        }
        for row in page.rows
    ]
    context = {
        "form": form,
        "page": page,
        "rows": listed,
        "total": rows.count(),
        "filtered": bool(asked.get("q") or asked.get("state")),
        "may_admit": policies.may_admit_person(request.actor),
        "place": "settings",
    }
    return render(request, "accounts/people.html", context)


@desk_page
@require_safe
def person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    require(policies.may_see_people(request.actor))
    found = _person(person_id)
    grants = list(found.grants.select_related("granted_by").order_by("-starts_at"))
    shown = request.session.pop(SHOWN_ONCE, {})
    link = shown.get("link", "") if shown.get("person") == str(found.pk) else ""
    events = Event.objects.filter(
        target_type="accounts.Person", target_id=str(found.pk), verb__startswith="accounts."
    ).exclude(number__in=withheld_from(request.actor).events)
    return render(
        request,
        "accounts/person.html",
        {
            "person": found,
            "in_force": _in_force(grants),
            "past": [row for row in grants if row not in _in_force(grants)],
            "seats": list(found.seats.select_related("board").order_by("-starts_on")),
            "events": [
                (event, verb_in_words(event.verb))
                for event in events.exclude(verb__startswith="accounts.sign_in").order_by("-number")[:20]
            ],
            "may_grant": policies.may_grant_role(request.actor, found.pk),
            "may_edit": policies.may_edit_person(request.actor),
            "may_end": policies.may_deactivate_person(request.actor, found.pk),
            "link": request.build_absolute_uri(link) if link else "",
            "place": "settings",
        },
    )


def _act(
    request: DeskRequest, form: Any, run: Any, *, title: str, button: str, about: Person | None, **more: Any
) -> HttpResponse:
    """The page of one act: a form, one sentence, one button."""
    return submit(
        request,
        form=form,
        run=run,
        done=lambda row: _record(row if isinstance(row, Person) else row.person),
        template="accounts/person_act.html",
        context={"title": title, "button": button, "person": about, "place": "settings", **more},
    )


def _posted(request: DeskRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _hand_over(request: DeskRequest, somebody: Person) -> Person:
    """Where mail goes nowhere, the link is shown once to whoever asked for it."""
    if mail_stays_here():
        request.session[SHOWN_ONCE] = {"person": str(somebody.pk), "link": password_link(somebody)}
    return somebody


@desk_page
@show_and_do
@fresh_factor
def admit(request: DeskRequest) -> HttpResponse:
    require(policies.may_admit_person(request.actor))
    return _act(
        request,
        AdmitForm(_posted(request)),
        lambda said: _hand_over(request, commands.admit_person(actor=request.actor, **said)),
        title="Admit somebody",
        button="Admit",
        about=None,
        sentence="They get a link to choose a password, and do what their roles allow.",
    )


@desk_page
@show_and_do
def edit(request: DeskRequest, person_id: UUID) -> HttpResponse:
    require(policies.may_edit_person(request.actor))
    found = _person(person_id)
    return _act(
        request,
        PersonForm(_posted(request), initial={"name": found.name, "affiliation": found.affiliation}),
        lambda said: commands.edit_person(actor=request.actor, person_id=found.pk, **said),
        title=f"Change how {found.name} is named",
        button="Save",
        about=found,
        sentence="What was recorded under the old name keeps it.",
    )


@desk_page
@show_and_do
@fresh_factor
def grant(request: DeskRequest, person_id: UUID) -> HttpResponse:
    require(policies.may_grant_role(request.actor, person_id))
    found = _person(person_id)
    return _act(
        request,
        GrantForm(_posted(request)),
        lambda said: commands.grant_role(actor=request.actor, person_id=found.pk, **said),
        title=f"Grant {found.name} a role",
        button="Grant role",
        about=found,
        sentence="It is theirs at once, and stands in the timeline with your name.",
    )


@desk_page
@show_and_do
@fresh_factor
def revoke(request: DeskRequest, grant_id: UUID) -> HttpResponse:
    row = RoleGrant.objects.select_related("person").filter(pk=grant_id).first()
    if row is None or not policies.may_see_people(request.actor):
        raise NotFound("There is no such role.")
    require(policies.may_grant_role(request.actor, row.person_id))
    return _act(
        request,
        WhyForm(_posted(request)),
        lambda said: commands.revoke_role(actor=request.actor, grant_id=row.pk, **said),
        title=f"Revoke the role {row.get_role_display()} of {row.person.name}",
        button="Revoke role",
        about=row.person,
        sentence="It ends now. What they did with it stays, and the revocation stands in the timeline with your name.",
    )


@desk_page
@show_and_do
@fresh_factor
def deactivate(request: DeskRequest, person_id: UUID) -> HttpResponse:
    return _switch(request, person_id, active=False)


@desk_page
@show_and_do
@fresh_factor
def reactivate(request: DeskRequest, person_id: UUID) -> HttpResponse:
    return _switch(request, person_id, active=True)


def _switch(request: DeskRequest, person_id: UUID, *, active: bool) -> HttpResponse:
    require(policies.may_deactivate_person(request.actor, person_id))
    found = _person(person_id)
    command = commands.reactivate_person if active else commands.deactivate_person
    held = [f"the seat of {seat.board.name} ({seat.get_role_display().lower()})"
            for seat in found.seats.select_related("board").filter(ended_at=None)]  # fmt: skip
    held += [f"the role {row.get_role_display()}" for row in _in_force(found.grants.all())]
    held += [str(case) for case in found.cases.exclude(state__in=["closed", "withdrawn"])[:10]]
    return _act(
        request,
        WhyForm(_posted(request)),
        lambda said: command(actor=request.actor, person_id=found.pk, **said),
        title=f"{'Reactivate' if active else 'Deactivate'} {found.name}",
        button="Reactivate" if active else "Deactivate",
        about=found,
        held=[] if active else held,
        sentence="They act again with the roles still in force."
        if active
        else "Nobody acts as them any more. Their record, seats and history stay.",
    )


@desk_page
@require_POST
def invite(request: DeskRequest, person_id: UUID) -> HttpResponse:
    found = commands.invite_person(actor=request.actor, person_id=person_id)
    response = HttpResponseRedirect(_record(_hand_over(request, found)))
    response.status_code = 303
    return response
