"""What is taken away: the current filter as CSV or JSON Lines, streamed, an event, harmless in a spreadsheet."""

import csv
import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client

from accounts import commands
from audit import taking, timeline
from audit.models import Event
from audit.taking import COLUMNS, neutral
from audit.testing import recorded
from audit.timeline import Filters
from tests.cast import Cast

URL = "/desk/audit/export/"


def test_the_file_has_what_the_page_has(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("auditor")
    for _ in range(60):
        commands.note_sign_in(actor=cast.editor, person_id=cast.editor.id)
    asked = {"person": "Editor", "verb": "accounts.sign_in.succeeded"}
    response = client.post(f"{URL}?person=Editor&verb=accounts.sign_in.succeeded", {"form": "jsonl"})
    lines = [json.loads(line) for line in b"".join(response).decode().splitlines()]
    everything = [event.number for event in timeline.everything(cast.auditor, Filters(**asked))]
    assert [line["number"] for line in lines] == everything
    assert len(lines) == 60
    assert lines[0]["actor"] == "Editor"
    noted = Event.objects.get(verb="audit.timeline.exported")
    assert noted.actor_name == "Auditor"
    assert noted.data == {"form": "jsonl", "filters": asked}


def test_csv_cannot_carry_a_formula(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    with recorded('=HYPERLINK("http://x","y")'):
        person = cast.person("editor")
        person.name = "Other"
        person.save()
    text = b"".join(signed_in("auditor").post(URL, {"form": "csv"})).decode()
    rows = list(csv.reader(StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert "'=HYPERLINK" in text
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]
    # A quarter of a page does not need a second one: the export itself is not in it.
    assert "audit.timeline.exported" not in text


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "%0A", "|x"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(value: str) -> None:
    assert neutral(value) == f"'{value}"


def test_other_cells_stay_as_they_are() -> None:
    assert [neutral(value) for value in ("a=1", 5, -5, None, {"a": 1}, "")] == [
        "a=1",
        "5",
        "-5",
        "",
        '{"a": 1}',
        "",
    ]


def test_the_file_is_read_a_piece_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(30):
        commands.note_sign_in(actor=cast.editor, person_id=cast.editor.id)
    monkeypatch.setattr(taking, "PIECE", 7)
    noted = taking.export_timeline(actor=cast.auditor, filters=Filters(), form="jsonl")
    lines = [json.loads(line)["number"] for line in taking.lines(cast.auditor, Filters(), noted, "jsonl")]
    assert lines == sorted(lines, reverse=True)
    assert len(set(lines)) == len(lines) == Event.objects.filter(number__lt=noted.number).count()


def test_without_a_form_nothing_is_taken(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("auditor").post(URL, {}).status_code == 422
    assert not Event.objects.filter(verb="audit.timeline.exported").exists()
