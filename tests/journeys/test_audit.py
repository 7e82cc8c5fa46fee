"""An auditor who trusts nobody here: who moved this retirement date, and what was it before? And is that true?"""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from audit.signing import new_key_file
from audit.tasks import signer_of_this_log
from board.models import Board
from core import clock
from lifecycle.commands.cases import edit_case
from lifecycle.models import Case
from tests.audit.log import seal_now
from tests.factories import lifecycle
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]


@pytest.fixture
def moved(house: House, settings: Any, tmp_path: Path) -> Case:
    """A case whose retirement date was moved, and everything sealed."""
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    model = lifecycle.make_ai_model(house.cast, name="Plover")
    day = clock.today() + timedelta(days=90)
    case = lifecycle.make_case(
        house.cast, Board.objects.get(), ai_model=model, title="Retire Plover", retires_on=day
    )
    edit_case(actor=house.cast.steward, case_id=case.pk, retires_on=day + timedelta(days=30))
    edit_case(actor=house.cast.steward, case_id=case.pk, cost="Nothing to speak of.")
    seal_now(signer_of_this_log())
    return case


class Clicks:
    """Counts what somebody presses."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, role: Any, name: str) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()


@pytest.mark.parametrize("width", [1280, 360])
def test_who_moved_this_date_is_told_in_under_five_clicks_and_proved_offline(
    visitor: Visitor, moved: Case, tmp_path: Path, width: int
) -> None:
    page = visitor("auditor", width=width, accept_downloads=True).new_page()
    page.goto("/desk/")
    press = Clicks(page)
    press.on("link", "Cases")
    press.on("link", "Retire Plover")
    press.on("link", "Every version")
    assert press.count < 5
    change = page.get_by_role("listitem").filter(has=page.get_by_role("rowheader", name="Retires on")).first
    expect(change.get_by_role("heading")).to_contain_text("changed by Steward")
    before = moved.retires_on.isoformat() if moved.retires_on else ""
    date_row = change.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Retires on"))
    expect(date_row.get_by_role("deletion")).to_contain_text(before)
    expect(change).to_contain_text("Verified")
    expect(change).to_contain_text("Sealed in checkpoint")

    page.get_by_role("link", name="Make evidence pack").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Make evidence pack").click()
    with ZipFile(taken.value.path()) as archive:
        archive.extractall(tmp_path / "pack")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "."],
        cwd=tmp_path / "pack",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Verified: lifecycle.Case" in done.stdout
    assert before in (tmp_path / "pack" / "entries.jsonl").read_text()


def test_the_timeline_is_narrowed_drawn_and_shared(visitor: Visitor, moved: Case) -> None:
    page = visitor("auditor", java_script_enabled=True).new_page()
    page.goto("/desk/audit/?app=lifecycle")
    expect(
        page.get_by_role("link", name=re.compile("Part: Models and cases.*remove this filter"))
    ).to_be_visible()
    bars = page.get_by_role("group", name="Models and cases: entries per day")
    expect(bars).to_be_visible()
    bars.get_by_role("link").last.click()
    expect(page).to_have_url(re.compile("(?=.*since=)(?=.*app=lifecycle)"))
    assert page.locator("table.log tbody tr").count() > 1
    page.get_by_role("link", name="Clear all filters").click()
    expect(page).to_have_url(re.compile("/desk/audit/$"))


def test_on_a_phone_the_entries_are_seen_before_the_filters(visitor: Visitor, moved: Case) -> None:
    page = visitor("auditor", width=360).new_page()
    page.goto("/desk/audit/")
    expect(page.get_by_label("Person")).to_be_hidden()
    first = page.locator("table.log tbody tr").first.bounding_box()
    assert first is not None
    assert first["y"] < 900
    page.get_by_text("Filter the timeline").click()
    expect(page.get_by_label("Person")).to_be_visible()
