"""An emergency by accessible names: two people suspend a model, everybody sees it, the board ratifies it by a vote."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Page, expect

from lifecycle.models import Suspension
from tests.factories import lifecycle
from tests.factories.house import House

Visitor = Callable[..., BrowserContext]
WHY = "It told two visitors that the fire door was open."
SUSPENDED = "Robin is suspended in an emergency until"


def at(visitor: Visitor, role: str, url: str, **look: object) -> Page:
    page = visitor(role, **look).new_page()
    page.goto(url)
    return page


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def approve(visitor: Visitor, role: str) -> None:
    page = at(visitor, role, "/desk/", width=360)
    page.get_by_role("link", name="Shall the suspension of Robin").first.click()
    expect(page.get_by_role("main")).to_contain_text(WHY)
    page.get_by_role("radio", name="Approve").check()
    page.get_by_role("button", name="Record position").click()
    expect(page.locator("p.sentence")).to_contain_text("You voted: approve.")


def test_two_people_suspend_a_model_and_the_board_lets_it_last(visitor: Visitor, house: House) -> None:
    model = lifecycle.make_ai_model(house.cast, name="Robin")
    steward = at(visitor, "steward", f"/desk/models/{model.pk}/", width=360, java_script_enabled=False)
    steward.get_by_role("link", name="Suspend").click()
    steward.get_by_label("What is the emergency?").fill(WHY)
    steward.get_by_label("Days").fill("10")
    steward.get_by_role("button", name="Propose suspension").click()
    expect(steward.get_by_role("heading", level=1)).to_have_text("Suspend Robin in an emergency?")
    expect(steward.get_by_role("link", name="Confirm suspension")).to_have_count(0)

    # The chair finds it on Today and confirms; from then on everybody can read it.
    chair = at(visitor, "chair", "/desk/", width=360)
    chair.get_by_role("link", name="Suspend Robin in an emergency?").first.click()
    chair.get_by_role("link", name="Confirm suspension").click()
    expect(chair.get_by_role("main")).to_contain_text(WHY)
    chair.get_by_role("button", name="Confirm suspension").click()
    expect(chair.get_by_role("heading", level=1)).to_have_text("Robin is suspended")
    public = at(visitor, "nobody", "/models/robin/")
    expect(public.get_by_role("main")).to_contain_text(SUSPENDED)
    expect(public.get_by_role("main")).to_contain_text("It lapses then unless the board ratifies it before.")
    for role in ("member", "secretary"):
        today = at(visitor, role, "/desk/")
        expect(today.get_by_role("link", name="Robin is suspended in an emergency").first).to_be_visible()

    steward.goto("/desk/")
    steward.get_by_role("link", name="Robin is suspended in an emergency").first.click()
    steward.get_by_role("link", name="Ask the board to ratify it").click()
    steward.get_by_label("It lasts until (UTC)").fill(in_days(30))
    steward.get_by_label("Why so long?").fill("The filter is being rebuilt.")
    steward.get_by_role("button", name="Make proposal").click()

    secretary = at(visitor, "secretary", steward.url)
    secretary.get_by_role("link", name="Prepare the vote").click()
    secretary.get_by_label("Closes (UTC)").fill(in_days(3))
    secretary.get_by_role("button", name="Open vote").click()
    for role in ("chair", "member", "colleague"):
        approve(visitor, role)
    secretary.reload()
    secretary.get_by_role("link", name="Close before its time").click()
    secretary.get_by_role("button", name="Close vote").click()
    secretary.get_by_role("link", name="Check the result").click()
    secretary.get_by_role("button", name="Certify result").click()

    suspension = Suspension.objects.get(ai_model=model)
    assert suspension.certificate is not None
    public.reload()
    expect(public.get_by_role("main")).to_contain_text("The board ratified it by decision")
    public.get_by_role("link", name=f"decision {suspension.certificate.number}").first.click()
    expect(public.get_by_role("main")).to_contain_text(WHY)
