"""An auditor and a steward: a rule is tested, an exception becomes a finding, is answered and closed."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import RoleGrant
from audit.signing import new_key_file
from audit.tasks import signer_of_this_log
from controls.models import ControlTest, Finding
from core import clock
from tests.audit.log import seal_now
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]
RULE = "Every seat was taken by a carried vote."


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("link", name=name).first.click()


def test_a_rule_is_tested_and_what_was_found_is_answered_and_closed(
    house: House, visitor: Visitor, settings: Any, tmp_path: Path
) -> None:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    auditor = visitor("auditor").new_page()
    auditor.goto("/desk/")
    follow(auditor, "Records")
    follow(auditor, "Control tests")
    follow(auditor, "Define test")
    _define(auditor)
    follow(auditor, "Freeze population")
    press(auditor, "Freeze population")
    expect(auditor.get_by_role("list", name="Where this test is")).to_contain_text("Draw sample Now")
    seal_now(signer_of_this_log())
    follow(auditor, "Draw sample")
    press(auditor, "Draw sample")
    expect(auditor.get_by_text("0 of 2 judged")).to_be_visible()

    follow(auditor, "Judge the next record")
    _judge_by_keyboard(auditor)
    expect(auditor.get_by_role("heading", level=1, name=RULE)).to_be_visible()
    follow(auditor, re.compile("^Raise a finding from record 2"))
    auditor.get_by_label("Serious").check()
    press(auditor, "Raise finding")
    finding = Finding.objects.order_by("-number")[0]

    steward = visitor("steward").new_page()
    steward.goto("/desk/")
    follow(steward, f"Finding {finding.number} waits for your response")
    steward.get_by_label("Answer", exact=True).fill("The board confirms the seat at its next meeting.")
    steward.get_by_label("Owner").select_option(label="Secretary")
    steward.get_by_label("Done by").fill(clock.today().isoformat())
    press(steward, "Answer finding")
    expect(steward.get_by_text("The board confirms the seat")).to_be_visible()

    auditor.goto("/desk/")
    follow(auditor, f"Follow up finding {finding.number}")
    follow(auditor, "Close finding")
    auditor.get_by_label("What shows that it is settled").fill("The minutes of the meeting name it.")
    press(auditor, "Close finding")
    expect(auditor.get_by_text("Auditor closed it")).to_be_visible()
    follow(auditor, re.compile(r"^Control test \d"))
    follow(auditor, "Conclude test")
    auditor.get_by_label("Conclusion").fill("Kept, but for one seat, which was put right.")
    press(auditor, "Conclude test")
    expect(auditor.get_by_text("Kept, but for one seat, which was put right.")).to_be_visible()
    test = ControlTest.objects.get(title=RULE)
    assert (test.state, len(test.seed)) == ("concluded", 64)


def _define(page: Page) -> None:
    today = clock.today()
    page.get_by_label("Rule", exact=True).fill(RULE)
    page.get_by_label("What a record must show to pass").fill("It rests on a decision that was carried.")
    page.get_by_label("Population").select_option(label="Seats taken")
    page.get_by_label("From", exact=True).fill((today - timedelta(days=3)).isoformat())
    page.get_by_label("To, that day included").fill(today.isoformat())
    page.get_by_label("Sample size").fill("2")
    press(page, "Define test")


def _judge_by_keyboard(page: Page) -> None:
    """The first passes, the second is an exception: no mouse, and the focus is there already."""
    expect(page.get_by_role("radio", name="Pass")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/judge/2/$"))
    expect(page.get_by_role("radio", name="Pass")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Exception")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("It names no decision.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_record_is_judged_without_scripts(house: House, visitor: Visitor, width: int) -> None:
    page = visitor("auditor", width=width, java_script_enabled=False).new_page()
    page.goto("/desk/controls/")
    page.get_by_role("row").filter(has_text="Being judged").get_by_role("link").first.click()
    page.get_by_role("link", name="Judge the next record").click()
    page.get_by_label("Not applicable").check()
    page.get_by_label("Note").fill("It was a trial.")
    page.get_by_role("button", name="Record judgement").click()
    page.get_by_role("link", name=re.compile("Control test")).last.click()
    expect(page.get_by_text("It was a trial.")).to_be_visible()
    assert RoleGrant.objects.exists()
