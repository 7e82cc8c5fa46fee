"""Where text was blanked, the page that shows it says so: when, why, and to people of the house by whom."""

import importlib
import pkgutil
import re
from collections.abc import Callable

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.disclosures import BLANK
from audit.models import Redaction, TrackedModel
from audit.queries import tracked_models
from audit.redactions import carry_out_redaction, fields_of, propose_redaction, tracked
from audit.testing import recorded
from tests.audit import redactable
from tests.audit.redactable import Shown
from tests.cast import Cast

SignedIn = Callable[[str], Client]
WHY = "Personal data of somebody who did not agree to it"

SHOWN: dict[str, Shown] = {
    name: shown
    for info in pkgutil.iter_modules(redactable.__path__)
    for name, shown in importlib.import_module(f"{redactable.__name__}.{info.name}").SHOWN.items()
}

# Fields that no page shows, or that need no note where they are shown: why.
UNSHOWN = {
    "accounts.Organisation.name": "stands in the frame of every page and paper, and is changed by whoever founded it",
    "board.Elector.departure_basis": "why somebody left is shown with the seat they left",
    "board.HoldRenewal.reason": "only its entry tells it, and says that it was redacted",
    "board.PositionAnswer.text": "only its entry tells it, and says that it was redacted",
    "lifecycle.Deployment.region": "no page shows it",
    "lifecycle.NoticeVersion.raw": "a row as it was imported: pages show the facts it stated",
    "lifecycle.RejectedRow.raw": "a row as it was imported: pages show how many were rejected",
    "lifecycle.RejectedRow.reason": "a row as it was imported: pages show how many were rejected",
    "lifecycle.Source.url": "no page shows it: facts have addresses of their own",
}


def test_every_field_that_can_be_redacted_has_its_note_or_says_why_not() -> None:
    """From the models: whoever adds a text says here which page shows it, and the test below holds the page to it."""
    redactable = {
        f"{model._meta.label}.{column}"
        for model in tracked_models()
        if model is not Redaction
        for column, _ in fields_of(model)
    }
    noted = {f"{shown.kind}.{column}" for shown in SHOWN.values() for column in shown.columns}
    assert noted | set(UNSHOWN) == redactable
    assert not noted & set(UNSHOWN)
    assert all(re.fullmatch(r"[a-z].{10,}", reason) for reason in UNSHOWN.values())


def filled(row: TrackedModel, columns: tuple[str, ...]) -> None:
    """Say something in fields of a record that are still empty; an append-only one comes from its command as it is."""
    empty = [column for column in columns if not getattr(row, column)]
    if not empty:
        return
    with recorded():
        for column in empty:
            a_text = isinstance(row._meta.get_field(column), models.CharField | models.TextField)
            setattr(row, column, "Said for this test." if a_text else {"said": "for this test"})
        row.save()


def blank(cast: Cast, row: TrackedModel, columns: tuple[str, ...], confirmer: str) -> str:
    """By two people, whom the record's own app shows it; how that is said."""
    proposer = "steward" if confirmer == "secretary" else "secretary"
    assert set(columns) <= {name for name, _ in fields_of(tracked(row._meta.label))}
    proposed = propose_redaction(
        actor=getattr(cast, proposer),
        record_type=row._meta.label,
        row_id=row.pk,
        columns=list(columns),
        reason="privacy",
        explanation="She asked us in writing.",
    )
    carry_out_redaction(actor=getattr(cast, confirmer), redaction_id=proposed.pk)
    return f"by {confirmer.title()}, as {proposer.title()} proposed"


@pytest.mark.django_db
@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
def test_a_page_that_shows_what_was_blanked_says_so(cast: Cast, signed_in: SignedIn, shown: Shown) -> None:
    """One field after the other, each by a redaction of its own: then every other field of the record."""
    row, url = shown.make(cast)
    assert row._meta.label == shown.kind
    filled(row, shown.columns)
    client = signed_in(shown.reader) if shown.reader else Client()
    before = client.get(url)
    assert before.status_code == 200
    page = before.content.decode()
    assert WHY not in page
    for column in shown.columns:
        notes = page.count(WHY)
        by_whom = blank(cast, row, (column,), shown.confirmer)
        page = client.get(url).content.decode()
        assert page.count(WHY) > notes, f"{column} went without a note"
        assert (by_whom in page) is bool(shown.reader)
        assert ("/desk/redactions/" in page) is (shown.reader in ("member", "chair", "steward", "auditor"))
    others = tuple(
        column
        for column, _ in fields_of(tracked(shown.kind))
        if column not in shown.columns and getattr(row, column)
    )
    if others:
        notes, blanks = page.count(WHY), page.count(BLANK)
        blank(cast, row, others, shown.confirmer)
        page = client.get(url).content.decode()
        assert page.count(BLANK) <= blanks or page.count(WHY) > notes, f"one of {others} went without a note"


@pytest.mark.django_db
def test_where_nothing_was_blanked_nothing_is_asked(cast: Cast, signed_in: SignedIn) -> None:
    for make in (SHOWN["a case"].make, SHOWN["a finding"].make):
        _, url = make(cast)
        with CaptureQueriesContext(connection) as captured:
            assert signed_in("steward").get(url).status_code == 200
        assert not [query for query in captured if "audit_redaction" in query["sql"]]
