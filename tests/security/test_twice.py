"""The same form sent twice at once, or again after the back button: one effect, and never a fault of ours."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts import commands
from accounts.models import RoleGrant
from board.models import Certificate, Motion, Position
from essays.models import Essay, Publication, Review, Series
from interviews.models import Authorisation, Interview, ProtocolVersion, SignOff
from lifecycle.models import AIModel, Case, Dossier, Suspension
from tests.cast import Cast, admit_cast
from tests.factories import board as make_board
from tests.factories import essays as make_essay
from tests.factories import interviews as make_interview
from tests.factories import lifecycle as make_case
from tests.scrape import forms_of
from tests.security.permissions import ballots as of_ballots
from tests.security.permissions import board as of_board
from tests.security.permissions import essays as of_essays
from tests.security.permissions import interviews as of_interviews
from tests.security.permissions import lifecycle as of_lifecycle

Kwargs = dict[str, Any]


def session_of(cast: Cast, who: str) -> str:
    client = Client()
    client.force_login(cast.person(who).user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return str(next(iter(client.cookies.values())).value)


def at_once(url: str, data: Kwargs, session: str, cookie: str) -> list[int]:
    """The statuses of two POSTs that start together, from two tabs of one browser."""
    together = threading.Barrier(2)
    statuses: list[int] = []

    def send() -> None:
        try:
            client = Client(raise_request_exception=False)
            client.cookies[cookie] = session
            together.wait(timeout=20)
            statuses.append(client.post(url, data).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(statuses)


def a_case_about_one_model(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return of_lifecycle._new_case(cast, kwargs)


def a_motion(cast: Cast, kwargs: Kwargs) -> Kwargs:
    make_board.found_board(cast)
    return of_board.a_motion_by_hand(cast, kwargs)


def a_model(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"name": "Wren", "provider": "The Institute", "ours": "on"}


def a_protocol(cast: Cast, kwargs: Kwargs) -> Kwargs:
    said = {
        "title": "Short form",
        "purpose": "To hear it.",
        "told": make_interview.TOLD,
        "ending_phrase": "THE END",
    }
    return {**said, "questions": "weights\nWhat should be done with them?", "framings": "neutral: neutral"}


def a_plan(cast: Cast, kwargs: Kwargs) -> Kwargs:
    chosen = {"case": make_interview.a_case(cast).pk, "protocol_version": make_interview.a_protocol(cast).pk}
    numbers = {"replicates": 2, "wordings": 1, "max_tokens": 200, "stop_after_errors": 2}
    return {**chosen, "kind": "statement", **numbers}


def half_signed(cast: Cast) -> Kwargs:
    return {"interview_id": make_interview.sealed(cast).pk}


TWICE = [
    ("member", "board:ballot-position", of_ballots.an_open_ballot, of_ballots.a_vote, Position),
    ("secretary", "board:ballot-certify", of_ballots.a_settled_ballot, lambda cast, kwargs: {}, Certificate),
    ("steward", "lifecycle:case-freeze", of_lifecycle._case, lambda cast, kwargs: {}, Dossier),
    ("steward", "lifecycle:case-propose", of_lifecycle._frozen_case, of_lifecycle._digest, Motion),
    ("steward", "lifecycle:case-new", lambda cast: {}, a_case_about_one_model, Case),
    ("member", "board:motion-new", lambda cast: {}, a_motion, Motion),
    ("steward", "lifecycle:model-new", lambda cast: {}, a_model, AIModel),
    ("steward", "lifecycle:model-suspend", of_lifecycle._suspendable, of_lifecycle._emergency, Suspension),
    ("steward", "lifecycle:suspension-ratify", of_lifecycle._suspension, of_lifecycle._a_longer_time, Motion),
    ("interviewer", "interviews:protocol-draft", lambda cast: {}, a_protocol, ProtocolVersion),
    ("interviewer", "interviews:interview-plan", lambda cast: {}, a_plan, Interview),
    ("steward", "essays:series-found", lambda cast: {}, of_essays.founding, Series),
    ("steward", "essays:essay-request", lambda cast: {}, of_essays.a_request, Essay),
    ("interviewer", "interviews:interview-authorise", of_interviews._planned, lambda cast, kwargs: {}, Authorisation),
    ("interviewer", "interviews:interview-sign-off", half_signed, of_interviews._signature, SignOff),
    ("editor", "essays:essay-review", of_essays.in_review, of_essays.a_review, Review),
    ("publisher", "essays:essay-publish", of_essays.approved, of_essays.a_publication, Publication),
]  # fmt: skip


@pytest.mark.parametrize(("who", "name", "make", "data", "effect"), TWICE, ids=[row[1] for row in TWICE])
def test_a_form_sent_twice_at_once_has_one_effect(
    who: str,
    name: str,
    make: Callable[[Cast], Kwargs],
    data: Callable[[Cast, Kwargs], Kwargs],
    effect: Any,
    fresh_db: str,
    settings: Any,
) -> None:
    cast = admit_cast()
    kwargs = make(cast)
    # Both are sent from one rendered page, which has one token.
    url, sent = reverse(name, kwargs=kwargs), {**data(cast, kwargs), "csrfmiddlewaretoken": uuid4().hex}
    session = session_of(cast, who)
    before = effect.objects.count()
    statuses = at_once(url, sent, session, settings.SESSION_COOKIE_NAME)
    assert effect.objects.count() == before + 1
    assert 303 in statuses
    assert set(statuses) <= {303, 403, 409, 422}
    # The back button, and the same form once more.
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    assert client.post(url, sent).status_code in (303, 403, 409, 422)
    assert effect.objects.count() == before + 1


def test_words_saved_in_another_tab_are_not_overwritten_unseen(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    case = make_case.make_case(cast, make_board.found_board(cast))
    url = reverse("lifecycle:case-edit", args=[case.pk])
    steward = signed_in("steward")
    one, other = steward.get(url), steward.get(url)
    assert steward.post(url, _filled(one, cost="One man-day a month.")).status_code == 303
    late = steward.post(url, _filled(other, cost="Two evenings, says the late tab."))
    assert late.status_code == 409
    assert "Somebody saved case" in late.content.decode()
    assert "Two evenings, says the late tab." in late.content.decode()
    case.refresh_from_db()
    assert case.cost == "One man-day a month."
    assert steward.post(url, _filled(late)).status_code == 303
    case.refresh_from_db()
    assert case.cost == "Two evenings, says the late tab."


def test_a_proposal_changed_in_another_tab_is_not_overwritten_unseen(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    motion = make_board.move_motion(cast, make_board.found_board(cast))
    url = reverse("board:motion-edit", args=[motion.pk])
    steward = signed_in("steward")
    one, other = steward.get(url), steward.get(url)
    assert steward.post(url, _filled(one, text="From ten to four.")).status_code == 303
    late = steward.post(url, _filled(other, text="From nine to five."))
    assert late.status_code == 409
    assert "From nine to five." in late.content.decode()
    motion.refresh_from_db()
    assert (motion.text, motion.revision) == ("From ten to four.", 2)


def test_a_review_of_a_text_that_changed_is_refused_and_its_note_kept(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    essay = make_essay.written(cast)
    url = reverse("essays:essay-review", args=[essay.pk])
    kwargs = {"essay_id": essay.pk}
    stale = {**of_essays.a_review(cast, kwargs), "digest": "0" * 64, "comment": "The third line moved me."}
    response = signed_in("editor").post(url, stale)
    assert response.status_code == 409
    assert "The third line moved me." in response.content.decode()
    assert not Review.objects.exists()


def test_a_role_withdrawn_while_the_page_is_open_is_said_so(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    url = reverse("lifecycle:model-new")
    steward = signed_in("steward")
    page = steward.get(url)
    assert page.status_code == 200
    _withdraw(cast, "steward", "steward")
    response = steward.post(url, {"name": "Wren", "provider": "The Institute"})
    assert response.status_code == 403
    assert "Only a steward registers AI models. Ask one of them." in response.content.decode()


def test_somebody_signed_out_is_led_back_to_where_they_wanted_to_go(cast: Cast) -> None:
    ballot = make_board.open_ballot_for(cast)
    wanted = f"{reverse('board:ballot', args=[ballot.pk])}?from=mail"
    client = Client()
    door = client.get(wanted)
    assert door.status_code == 302
    signed = client.post(
        door["Location"], {"login": "member@example.org", "password": "correct-horse-battery"}
    )
    assert signed.status_code == 302
    assert signed["Location"] == wanted


def _withdraw(cast: Cast, who: str, role: str) -> None:
    grant = RoleGrant.objects.get(person=cast.person(who), role=role, revoked_at=None)
    commands.revoke_role(actor=cast.secretary, grant_id=grant.pk, reason="On leave")


def _filled(response: Any, **typed: str) -> dict[str, str]:
    """What the form of a page would send, with some fields typed anew."""
    form = next(form for form in forms_of(response.content.decode()) if "seen" in form.values)
    return {**form.values, **typed}
