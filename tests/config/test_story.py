"""The story in eight steps: each button opens its screen as the right person, and never outside local mode."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from audit.models import Event
from config import demo, story

KEYS = [step.key for step in story.STEPS]


@pytest.fixture
def local(settings: Any) -> Any:
    settings.LOCAL_MODE = settings.DEBUG = True
    return settings


def test_it_has_eight_steps_each_with_a_way_in(told: None, local: Any, client: Client) -> None:
    page = client.get("/story/")
    assert page.status_code == 200
    assert len(KEYS) == 8
    assert page.content.decode().count("Continue as ") == 8


@pytest.mark.parametrize("step", story.STEPS, ids=KEYS)
def test_each_button_lands_on_its_screen_as_the_right_person(
    told: None, local: Any, client: Client, step: story.Step
) -> None:
    page = client.post(f"/story/{step.key}/continue/", follow=True)
    assert page.status_code == 200
    assert page.redirect_chain == [(step.find(), 303)]
    assert page.context["shell"]["actor"].name == step.who
    entry = Event.objects.filter(verb="accounts.sign_in.succeeded").latest("number")
    assert entry.actor_name == step.who


def test_the_next_step_signs_the_person_before_out(told: None, local: Any, client: Client) -> None:
    client.post("/story/notice/continue/")
    client.post("/story/vote/continue/")
    last = list(Event.objects.order_by("-number").values_list("actor_name", "verb")[:2])
    assert last == [("Tobias Renn", "accounts.sign_in.succeeded"), ("Ines Marlow", "accounts.sign_in.ended")]


def test_the_same_person_twice_signs_in_once(told: None, local: Any, client: Client) -> None:
    client.post("/story/case/continue/")
    before = Event.objects.count()
    client.post("/story/certificate/continue/")
    assert Event.objects.count() == before


@pytest.mark.parametrize(("local_mode", "debug"), [(False, True), (True, False), (False, False)])
def test_outside_local_mode_there_is_no_story_and_nobody_is_signed_in(
    told: None, settings: Any, client: Client, local_mode: bool, debug: bool
) -> None:
    settings.LOCAL_MODE, settings.DEBUG = local_mode, debug
    assert client.get("/story/").status_code == 404
    for key in KEYS:
        assert client.post(f"/story/{key}/continue/").status_code == 404
    assert "_auth_user_id" not in client.session
    assert "/story/" not in client.get(reverse("account_login")).content.decode()


def test_looking_signs_nobody_in(told: None, local: Any, client: Client) -> None:
    assert client.get("/story/vote/continue/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_another_site_cannot_sign_somebody_in(told: None, local: Any) -> None:
    careful = Client(enforce_csrf_checks=True)
    assert careful.post("/story/vote/continue/").status_code == 403


def test_only_people_of_the_demonstration_are_signed_in(told: None, local: Any, client: Client) -> None:
    chair = demo.person("chair")
    assert chair.user is not None
    chair.user.email = "tobias@elsewhere.example"
    chair.user.save()
    assert client.post("/story/vote/continue/").status_code == 404
    assert Person.objects.filter(pk=chair.pk).exists()


def test_a_step_that_is_not_there_is_hidden(told: None, local: Any, client: Client) -> None:
    assert client.post("/story/sequel/continue/").status_code == 404


def test_sign_in_and_every_page_lead_to_it(told: None, local: Any, client: Client) -> None:
    for address in (reverse("account_login"), "/"):
        assert 'href="/story/"' in client.get(address).content.decode()
