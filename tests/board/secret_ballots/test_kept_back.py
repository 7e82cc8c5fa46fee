"""Votes that are secret until they close: what nobody learns before, from a page, the log, a file or a number (T27)."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.test import Client

from audit.exporting import export
from audit.integrity import proof_of, standing_of, state_told
from audit.models import Checkpoint, Event, Leaf
from audit.packing import make_pack
from audit.publishing import pass_over_numbers, published
from audit.signing import new_key_file
from audit.tasks import signer_of_this_log
from audit.verifying import verify
from board.models import Ballot, Position
from mail.models import Message
from tests.audit.log import seal_now
from tests.board.secret_ballots.voting import READERS, REASON, Clients, close, of_the_vote, take, url
from tests.cast import Cast, admit_cast
from tests.factories.board import move_motion, open_secret_ballot_for


def test_t27_others_open_history_export_admin_and_mail_log_and_find_nothing(
    cast: Cast, ballot: Ballot, signed_in: Clients
) -> None:
    mails = Message.objects.count()
    take(cast.member, ballot, "reject", reason=REASON)
    taken = Position.objects.get()
    numbers = of_the_vote()
    assert numbers
    for role in READERS:
        client = signed_in(role)
        for page in ("ballot", "ballot-tally"):
            text = client.get(url(page, ballot)).content.decode()
            assert REASON not in text, (role, page)
            assert "Secret until" in text
            assert not re.search(
                r"\b(\d|one|two|three) of (\d|three)|no position recorded", text, re.IGNORECASE
            ), (role, page)
        assert client.get("/admin/").status_code == 404
    auditor = signed_in("auditor")
    for where in (
        "",
        "?words=zebra",
        "?verb=board.position.taken",
        f"?person={cast.member.id}",
        "?kind=board.Ballot",
    ):
        page = auditor.get(f"/desk/audit/{where}")
        assert not {event.number for event, _ in page.context["rows"]} & numbers
        assert REASON not in page.content.decode()
    for number in numbers:
        for address in (
            f"/desk/audit/{number}/",
            f"/desk/audit/{number}/proof/",
            f"/api/v1/events/{number}/proof",
        ):
            assert auditor.get(address).status_code == 404
    for part in ("", "as-of/", "pack/"):
        assert auditor.get(f"/desk/audit/records/board.Position/{taken.pk}/{part}").status_code == 404
        assert (
            REASON not in auditor.get(f"/desk/audit/records/board.Ballot/{ballot.pk}/{part}").content.decode()
        )
    exported = b"".join(auditor.post("/desk/audit/export/", {"form": "jsonl"})).decode()
    assert not {json.loads(line)["number"] for line in exported.splitlines()} & numbers
    assert REASON not in exported
    pack = ZipFile(BytesIO(make_pack(actor=cast.auditor, row=ballot).file.read()))
    for name in pack.namelist():
        said = pack.read(name).decode()
        assert REASON not in said, name
        assert str(taken.pk) not in said, name
    assert Message.objects.count() == mails, "nobody is written to because somebody voted"


def test_t27_the_log_as_it_is_sealed_published_and_exported(
    fresh_db: str, settings: Any, tmp_path: Path
) -> None:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    cast = admit_cast()
    signer = signer_of_this_log()
    seal_now(signer)
    ballot = open_secret_ballot_for(cast)
    opened = Event.objects.get(verb="board.ballot.opened")
    seal_now(signer)
    client, told = Client(), published().first()
    assert told is not None
    addresses = (
        "/transparency/",
        "/transparency/checkpoint/",
        "/api/v1/checkpoints/latest",
        f"/api/v1/events/{opened.number}/proof",
        f"/api/v1/events/{opened.number + 1}/proof",
        *(f"/transparency/checkpoints/{told.size + more}/" for more in range(12)),
    )

    def pages() -> list[bytes]:
        return [client.get(address).content for address in addresses]

    shown = pages()
    take(cast.member, ballot, "reject", reason=REASON)
    assert pages() == shown, "what waits for the seal is not told"
    seal_now(signer)
    assert pages() == shown, "nor how far it is"
    last = Checkpoint.objects.first()
    assert last is not None
    assert published().first() == told
    assert last.size > told.size
    assert state_told().held_back
    visible = move_motion(cast, ballot.motion.board, title="Something else")
    seal_now(signer)
    moved = Event.objects.get(target_id=str(visible.pk))
    assert proof_of(moved) is None
    assert standing_of([moved.number])[moved.number].held_back
    assert proof_of(Event.objects.order_by("number")[0]) is not None

    export(tmp_path / "before")
    verified = verify(tmp_path / "before")
    assert verified.size == told.size
    for file in (tmp_path / "before").rglob("*"):
        assert file.is_dir() or REASON not in file.read_text(), file
    assert (
        "A secret vote is open"
        in json.loads((tmp_path / "before" / "manifest.json").read_text())["held_back"]
    )
    numbers = {json.loads(line)["number"] for line in (tmp_path / "before" / "events.jsonl").open()}
    assert moved.number in numbers
    assert not numbers & of_the_vote()

    close(ballot)
    seal_now(signer)
    assert published().count() == Checkpoint.objects.count()
    assert proof_of(moved) is not None
    assert not standing_of([moved.number])[moved.number].held_back
    assert client.get(f"/transparency/checkpoints/{last.size}/").status_code == 200
    kept = told.note
    export(tmp_path / "after")
    assert verify(tmp_path / "after", kept).size == Leaf.objects.count()
    assert REASON in (tmp_path / "after" / "events.jsonl").read_text()


def test_an_entry_says_why_its_seal_is_not_shown(cast: Cast, ballot: Ballot, signed_in: Clients) -> None:
    opened = Event.objects.get(verb="board.ballot.opened")
    address, auditor = f"/desk/audit/{opened.number}/", signed_in("auditor")
    page = auditor.get(address).content.decode()
    assert "Its seal is published when the secret vote that is open closes." in page
    assert "some seconds after" not in page
    proof = auditor.get(f"{address}proof/")
    assert proof.status_code == 404
    assert "when the secret vote that is open closes" in proof.content.decode()
    close(ballot)
    page = auditor.get(address).content.decode()
    assert "Not yet sealed." in page
    assert "some seconds after" in page


def test_gaps_between_numbers_tell_nothing_while_a_secret_vote_is_open(cast: Cast) -> None:
    assert pass_over_numbers() == 0
    ballot = open_secret_ballot_for(cast)
    assert sum(pass_over_numbers() for _ in range(5)) > 0
    close(ballot)
    assert pass_over_numbers() == 0
