"""Making the demonstration: cut short and continued, the people alone, and never outside local mode."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from board.models import Ballot
from config import demo
from config.demo import voice
from config.demo.cases import ensure_wren
from config.demo.people import model_board
from lifecycle.models import Case, Commitment


def test_a_run_that_was_cut_short_is_continued(db: None) -> None:
    demo.ensure_demo()
    with pytest.raises(KeyboardInterrupt):
        _make_some_of_it()
    assert not voice.has_spoken()
    demo.ensure_story()
    assert voice.has_spoken()
    assert Ballot.objects.count() == 5
    assert Commitment.objects.filter(state="broken").count() == 1


def _make_some_of_it() -> None:
    with voice.speaking():
        ensure_wren()
        raise KeyboardInterrupt


def test_people_alone_can_be_asked_for(db: None) -> None:
    call_command("demo", "--people", "--json")
    assert model_board().seats.count() == 10
    assert not Case.objects.exists()


def test_nothing_is_made_where_the_installation_is_not_local(db: None, settings: Any) -> None:
    settings.LOCAL_MODE = settings.DEBUG = False
    with pytest.raises(CommandError, match="local mode only"):
        call_command("demo")


def test_without_its_records_the_story_says_how_to_make_them(db: None, settings: Any, client: Client) -> None:
    settings.LOCAL_MODE = settings.DEBUG = True
    page = client.get("/story/").content.decode()
    assert page.count("manage.py demo") == 8
    assert "Continue as" not in page
    assert client.post("/story/vote/continue/").status_code == 404
