"""What is redacted is gone wherever it was repeated: certificates, entries, mails, pages, papers, packs, the dump.

Every text of the vote bears a word that is said nowhere else, so that one search finds any copy of it.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.db import connection, connections
from django.test import Client, override_settings
from django.urls import resolve

from accounts.states import RollCall
from audit.catalogue import catalogue_what_is_sealed
from audit.exporting import export
from audit.integrity import standing_of
from audit.models import Event, TrackedModel
from audit.packing import make_pack
from audit.queries import tracked_models
from audit.redactions import carry_out_redaction, propose_redaction, redactions_of
from audit.registry import describe
from audit.signing import Signer, new_key_file
from audit.tasks import signer_of_this_log
from audit.verifying import Broken, verify
from board import chain
from board.commands import ballots, fixes
from board.commands.statements import make_statement
from board.models import (
    Board,
    Certificate,
    EditorialFix,
    Elector,
    Motion,
    Position,
    Recusal,
    Statement,
)
from board.papers.certificates import certificate_sheet
from board.papers.composing import as_pdf
from board.papers.minutes import minutes_sheet
from board.views.decisions import told_of
from core import clock
from mail.models import Message
from tests.audit.log import as_owner, run, seal_now
from tests.cast import Cast, admit_cast
from tests.cluster import second_cluster
from tests.databases import fresh_database
from tests.factories.board import decide, found_board, in_older_form, move_motion, open_ballot_for, seat_more
from tests.journeys.links import walked
from tests.pdf import text_of

WHY = "Somebody is named in it who never agreed."
SAID = {
    "title": "Shall the Quillfeather room open on Sundays?",
    "text": "Open the Brambleworth room on Sundays, from 1 March on.",
    "status_quo": "The Dunnockhurst room stays closed on Sundays.",
    "fixed": "Open the Brambleworth room on Sundays, from 1 Aprilton on.",
    "fix": "Fennimoreland was misprinted.",
    "reject": "Grizzlewick told me that it harms her.",
    "hold": "Hawksmoorly has to be asked first.",
    "lifts_when": "Ivelchester has answered.",
    "approve": "Jessopfield wants it.",
    "recusal": "Kestrelbury is my brother.",
    "late": "Larkspurton should have been heard.",
}
TOKENS = (
    "quillfeather",
    "brambleworth",
    "dunnockhurst",
    "aprilton",
    "fennimoreland",
    "grizzlewick",
    "hawksmoorly",
    "ivelchester",
    "jessopfield",
    "kestrelbury",
    "larkspurton",
)

# Pages, papers and files an auditor's walk must have been to, at least.
REACHED = {
    *(f"board_public:{name}" for name in ("decisions", "decision", "guidelines")),
    *(f"board_public:decision-{name}" for name in ("certificate", "words", "certificate-pdf")),
    *(f"board:{name}" for name in ("ballot", "ballot-minutes", "motion", "motion-discussion", "motion-pack")),
    *(
        f"audit:{name}"
        for name in ("event-timeline", "event-record", "event-proof", "redactions", "redaction")
    ),
    *(f"audit:record-{name}" for name in ("history", "as-of", "pack")),
}

# What is blanked: the model, its row of this vote, the columns.
BLANKED: list[tuple[type[TrackedModel], dict[str, Any], list[str]]] = [
    (Motion, {}, ["title", "text", "status_quo"]),
    (EditorialFix, {}, ["before", "after", "reason"]),
    (Position, {"position": "reject"}, ["reason"]),
    (Position, {"position": "hold"}, ["reason", "lifts_when"]),
    (Position, {"position": "approve"}, ["reason"]),
    (Recusal, {}, ["text"]),
    (Statement, {}, ["text"]),
]


@dataclass(frozen=True)
class Log:
    """A sealed log with one contested decision between two others: where it is, who is in it, the decision."""

    database: str
    people: Cast
    signer: Signer
    key: Path
    certificate: Certificate


@pytest.fixture(scope="module")
def original(
    _template_database: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Log]:
    """Made once; every test has a copy of its own."""
    key = tmp_path_factory.mktemp("log") / "key.pem"
    new_key_file(key)
    with django_db_blocker.unblock(), fresh_database(_template_database):
        with override_settings(AUDIT_SIGNING_KEY_FILE=str(key), CLOCK_MAY_MOVE=True):
            signer, people = signer_of_this_log(), admit_cast()
            certificate = contested(people)
            seal_now(signer)
            catalogue_what_is_sealed()
        yield Log(connections["default"].settings_dict["NAME"], people, signer, key, certificate)


@pytest.fixture
def copied(original: Log, settings: Any) -> Iterator[str]:
    settings.AUDIT_SIGNING_KEY_FILE = str(original.key)
    with fresh_database(original.database) as url:
        yield url


@pytest.fixture
def people(copied: str, original: Log) -> Cast:
    return original.people.again()


@pytest.fixture
def signer(copied: str, original: Log) -> Signer:
    return original.signer


@pytest.fixture
def certificate(copied: str, original: Log) -> Certificate:
    return Certificate.objects.get(pk=original.certificate.pk)


def contested(people: Cast) -> Certificate:
    """A vote in which everything happened that a certificate tells, certified between two others."""
    found = found_board(people)
    decide(people, move_motion(people, found, title="Before it"))
    more = seat_more(people, found, 2)
    motion = move_motion(people, found, **{name: SAID[name] for name in ("title", "text", "status_quo")})
    ballot = open_ballot_for(people, motion)
    take = {"ballot_id": ballot.pk}
    ballots.take_position(actor=people.chair, position="approve", reason=SAID["approve"], **take)
    ballots.take_position(actor=people.member, position="reject", reason=SAID["reject"], **take)
    ballots.take_position(
        actor=people.colleague, position="hold", reason=SAID["hold"], lifts_when=SAID["lifts_when"], **take
    )
    ballots.recuse(actor=more[0], category="personal", text=SAID["recusal"], **take)
    fixes.propose_fix(
        actor=people.steward,
        ballot_id=ballot.pk,
        title=SAID["title"],
        text=SAID["fixed"],
        status_quo=SAID["status_quo"],
        reason=SAID["fix"],
    )
    fixes.confirm_fix(actor=people.secretary, ballot_id=ballot.pk)
    with clock.frozen(ballot.closes_at):
        ballots.close_ballot(actor=people.secretary, ballot_id=ballot.pk)
        make_statement(actor=more[1], ballot_id=ballot.pk, kind="late", text=SAID["late"])
        certified = ballots.certify_result(actor=people.secretary, ballot_id=ballot.pk)
    decide(people, move_motion(people, found, title="After it"))
    return certified


def blank_all(people: Cast, certificate: Certificate) -> None:
    for model, which, columns in BLANKED:
        of = {"pk": certificate.ballot.motion_id} if model is Motion else {"ballot": certificate.ballot_id}
        blank(people, model._default_manager.get(**of, **which), columns)


def blank(people: Cast, row: TrackedModel, columns: list[str]) -> None:
    proposed = propose_redaction(
        actor=people.steward,
        record_type=row._meta.label,
        row_id=row.pk,
        columns=columns,
        reason="privacy",
        explanation=WHY,
    )
    carry_out_redaction(actor=people.secretary, redaction_id=proposed.pk)


def repeated_in(said: str | bytes) -> list[str]:
    """Which of the words this still says."""
    text = (said if isinstance(said, str) else said.decode("utf-8", "replace")).lower()
    return [token for token in TOKENS if token in text or token[:-1] in text]


def client_of(people: Cast, role: str) -> Client:
    client = Client()
    if role:
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(people.person(role).user, backend=backend)
    return client


def everything_readable(people: Cast, role: str) -> dict[str, str]:
    """All that can be reached by links, by address what it says: pages, papers, files."""
    starts = ["/", "/decisions/", "/guidelines/", "/transparency/"]
    if role:
        starts += [
            "/desk/",
            "/desk/board/",
            "/desk/motions/",
            "/desk/ballots/",
            "/desk/redactions/",
            "/desk/mail/",
        ]
    if role == "auditor":
        starts += [f"/desk/audit/{event.number}/" for event in Event.objects.all()]
        for model in tracked_models():
            if model._meta.app_label == "board" and model._meta.label in describe:
                for row in model._default_manager.all():
                    at = f"/desk/audit/records/{model._meta.label}/{row.pk}/"
                    starts.append(at)
    pages: dict[str, str] = {}
    files: dict[str, bytes] = {}
    client = client_of(people, role)
    reached = list(walked(client, *starts, pages=pages, files=files, of_a_kind=6))
    for url in set(starts) - {url for url, _, _ in reached}:
        response = client.get(url)
        reached.append((url, response.status_code, ""))
        pages[url] = response.content.decode()
    assert not [url for url, status, _ in reached if status >= 500 or (role == "auditor" and status >= 400)]
    papers = {url: text_of(data) if data[:4] == b"%PDF" else data.decode() for url, data in files.items()}
    return pages | papers


def dump_of(url: str, folder: Path) -> str:
    with second_cluster() as programs:
        programs.run("pg_dump", "--format=plain", f"--file={folder / 'dump.sql'}", "--dbname", url)
    return (folder / "dump.sql").read_text()


def packs_of(people: Cast, folder: Path, *rows: TrackedModel) -> str:
    """The evidence packs of these records: each verifies by itself, offline; all they say."""
    said = []
    for number, row in enumerate(rows):
        at = folder / f"pack-{number}"
        with ZipFile(make_pack(actor=people.auditor, row=row).file) as archive:
            archive.extractall(at)
        done = subprocess.run(
            [sys.executable, "-I", "verify.py", "."], cwd=at, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        said += [path.read_text() for path in at.rglob("*") if path.is_file()]
    return "".join(said)


def test_before_it_everything_is_said(
    people: Cast, certificate: Certificate, copied: str, tmp_path: Path
) -> None:
    """So that the search below would find it."""
    assert set(repeated_in(dump_of(copied, tmp_path))) >= set(TOKENS)
    read = "".join(everything_readable(people, "auditor").values())
    assert set(repeated_in(read)) >= set(TOKENS)


def test_what_two_people_redact_is_nowhere_and_all_proofs_hold(
    people: Cast, certificate: Certificate, signer: Signer, copied: str, tmp_path: Path
) -> None:
    kept, digest = seal_now(signer).note, certificate.digest
    blank_all(people, certificate)
    seal_now(signer)
    catalogue_what_is_sealed()
    certificate = Certificate.objects.get(pk=certificate.pk)

    # Nowhere in the database, in what anybody can read, or in what is taken away.
    assert repeated_in(dump_of(copied, tmp_path)) == []
    for role in ("", "auditor", "secretary", "chair", "steward"):
        read = everything_readable(people, role)
        assert {url: found for url, said in read.items() if (found := repeated_in(said))} == {}
        if role == "auditor":
            assert {resolve(urlsplit(url).path).view_name for url in read} >= REACHED
    assert repeated_in(text_of(as_pdf(certificate_sheet(certificate)))) == []
    assert repeated_in(text_of(as_pdf(minutes_sheet(certificate)))) == []
    motion, ballot = certificate.ballot.motion, certificate.ballot
    assert repeated_in(packs_of(people, tmp_path, motion, ballot, certificate)) == []

    # The certificate is what it was, and hangs where it hung.
    assert certificate.digest == digest
    assert all(chain.link_of(each).holds for each in Certificate.objects.all())
    folder = tmp_path / "export"
    seal_now(signer)
    export(folder)
    found = verify(folder, kept)
    assert found.unsealed == 0
    assert repeated_in("".join(path.read_text() for path in folder.rglob("*") if path.is_file())) == []
    told = "\n".join(found.redacted)
    assert "what it repeats of reason of board.Position redacted" in told
    assert "board_historicalcertificate" in told
    offline = subprocess.run(
        [sys.executable, "-I", "verify.py", "."], cwd=folder, capture_output=True, text=True, check=False
    )
    assert offline.returncode == 0, offline.stderr
    numbers = Event.objects.values_list("number", flat=True)
    assert [standing.number for standing in standing_of(numbers).values() if not standing.intact] == []


def test_pages_and_papers_say_that_it_was_redacted_and_why(people: Cast, certificate: Certificate) -> None:
    page = f"/decisions/{certificate.number}/"
    minutes = f"/desk/ballots/{certificate.ballot_id}/minutes/"
    blank(people, Position.objects.get(ballot=certificate.ballot, position="approve"), ["reason"])
    blank(people, Statement.objects.get(), ["text"])
    certificate = Certificate.objects.get(pk=certificate.pk)
    for role, url, notes in (("", page, 2), ("auditor", page, 2), ("auditor", minutes, 3)):
        shown = " ".join(client_of(people, role).get(url).content.decode().split())
        assert shown.count("Personal data of somebody who did not agree to it") == notes
        assert ("by Secretary, as Steward proposed" in shown) is bool(role)
    for sheet in (certificate_sheet(certificate), minutes_sheet(certificate)):
        printed = text_of(as_pdf(sheet))
        assert "[redacted]" in printed
        assert "because: Personal data of somebody who did not agree to it" in printed
    about = Event.objects.filter(verb="board.position.taken", target_id=str(certificate.ballot_id))
    number = about.get(data__position="approve").number
    shown = client_of(people, "auditor").get(f"/desk/audit/{number}/").content.decode()
    assert "as Steward proposed" in shown


def test_a_paper_kept_by_a_browser_is_asked_for_again_after_a_redaction(
    people: Cast, certificate: Certificate
) -> None:
    url = f"/decisions/{certificate.number}/certificate.pdf"
    before = Client().get(url)
    assert Client().get(url, headers={"If-None-Match": before["ETag"]}).status_code == 304
    blank(people, Statement.objects.get(), ["text"])
    after = Client().get(url, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Larkspurton" not in text_of(after.content)


def test_a_name_that_goes_from_the_roll_goes_from_the_certificate(
    people: Cast, certificate: Certificate
) -> None:
    """The sentence about the recusal too. Who acted stays in the log: the entries are about what was done by whom."""
    recused = Recusal.objects.get().elector
    urls = (
        f"/decisions/{certificate.number}/",
        f"/decisions/{certificate.number}/words.json",
        f"/desk/ballots/{certificate.ballot_id}/minutes/",
    )
    client = client_of(people, "auditor")
    assert all(recused.name in client.get(url).content.decode() for url in urls)
    blank(people, recused, ["name", "affiliation"])
    assert [url for url in urls if recused.name in client.get(url).content.decode()] == []
    certificate = Certificate.objects.get(pk=certificate.pk)
    for sheet in (certificate_sheet(certificate), minutes_sheet(certificate)):
        assert recused.name not in text_of(as_pdf(sheet))
    shown = " ".join(client.get(urls[0]).content.decode().split())
    assert shown.count("because: Personal data of somebody") == 2, "in the roll, and under its sentence"


def test_the_elector_whose_name_went_keeps_their_affiliation(people: Cast, certificate: Certificate) -> None:
    """By affiliations a page tells who said what by where they belong: names that went all read alike."""
    before = told_of(certificate.told, RollCall.AFFILIATIONS)["minority"]
    for elector in Elector.objects.filter(ballot=certificate.ballot):
        blank(people, elector, ["name"])
    after = told_of(Certificate.objects.get(pk=certificate.pk).told, RollCall.AFFILIATIONS)["minority"]
    assert [each["name"] for each in after] == [each["name"] for each in before]
    assert len({each["name"] for each in after}) == len(after)


def test_a_text_redacted_before_the_certificate_is_explained_in_it(people: Cast, signer: Signer) -> None:
    ballot = open_ballot_for(people, move_motion(people, Board.objects.get()))
    ballots.take_position(actor=people.chair, ballot_id=ballot.pk, position="approve", reason=SAID["approve"])
    blank(people, Position.objects.get(ballot=ballot), ["reason"])
    with clock.frozen(ballot.closes_at):
        ballots.close_ballot(actor=people.secretary, ballot_id=ballot.pk)
        certificate = ballots.certify_result(actor=people.secretary, ballot_id=ballot.pk)
    told = certificate.told["roll"][0]["position"]["reason"]
    assert told == "[redacted]"
    [redaction] = told.redactions
    assert redaction.explanation == WHY


def test_certificates_of_before_are_read_as_they_are(people: Cast, certificate: Certificate) -> None:
    """They hold their words themselves; no redaction alters them, and they are whole."""
    old = in_older_form(certificate, 2)
    assert old.told["statements"][0]["text"] == SAID["late"]
    assert old.whole
    assert SAID["late"] in client_of(people, "").get(f"/decisions/{old.number}/").content.decode()
    assert client_of(people, "").get(f"/decisions/{old.number}/words.json").status_code == 404


def test_mails_that_repeat_it_are_forgotten(people: Cast, certificate: Certificate) -> None:
    held = Message.objects.filter(kind="board.hold.placed", text__contains="Hawksmoorly")
    numbers = list(held.values_list("number", flat=True))
    assert numbers
    blank(people, Position.objects.get(position="hold"), ["reason"])
    assert not held.exists()
    assert set(Message.objects.filter(number__in=numbers).values_list("text", flat=True)) == {"[redacted]"}


# How the owner of the tables would tamper with the words beside a certificate, and what the verifier says.

COLUMN = "jsonb_set(disclosures, array[%(digest)s, 'text'], to_jsonb('Nothing was wrong.'::text))"
WORDS_CHANGED = {
    "another text": COLUMN,
    "another salt": COLUMN.replace("'text'", "'salt'"),
    "another source": COLUMN.replace("'text'", "'of'"),
    "removed": "disclosures - %(digest)s",
    "blanked without a redaction": "jsonb_set(disclosures, array[%(digest)s], jsonb_build_object('of', disclosures"
    " #> array[%(digest)s, 'of']))",
    "one more": "disclosures || jsonb_build_object('00', jsonb_build_object('of', 'x', 'salt', 'y', 'text', 'z'))",
    "swapped with another": "disclosures || jsonb_build_object(%(digest)s, disclosures -> %(other)s, %(other)s,"
    " disclosures -> %(digest)s)",
}
TABLES = {
    "in the version": (["board_historicalcertificate"], "does not match its digest"),
    "in the row": (["board_certificate"], "differs from its newest version"),
    "in both": (["board_certificate", "board_historicalcertificate"], "does not match its digest"),
}


@pytest.fixture
def tampered(people: Cast, certificate: Certificate, signer: Signer) -> Callable[[str, list[str]], None]:
    digest = certificate.document["statements"][0]["text"]["sha256"]
    other = certificate.document["motion"]["text"]["sha256"]

    def tamper(change: str, tables: list[str]) -> None:
        with as_owner(*tables), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(
                    f"update {table} set disclosures = {change} where id = %(row)s",
                    {"digest": digest, "other": other, "row": certificate.pk},
                )
                assert cursor.rowcount

    return tamper


def test_whatever_is_altered_of_a_certificates_words_is_named(
    tampered: Callable[[str, list[str]], None], certificate: Certificate, tmp_path: Path
) -> None:
    """Each way in each place, undone again; one database, since making it is what takes long."""
    before = certificate.disclosures
    for number, (change, (place, (tables, says))) in enumerate(
        (change, where) for change in WORDS_CHANGED for where in TABLES.items()
    ):
        tampered(WORDS_CHANGED[change], tables)
        export(tmp_path / f"export-{number}")
        with pytest.raises(Broken, match=says):
            verify(tmp_path / f"export-{number}")
        if place != "in the version" and change != "blanked without a redaction":
            assert not chain.link_of(Certificate.objects.get(pk=certificate.pk)).holds
        with as_owner(*tables), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(
                    f"update {table} set disclosures = %s::jsonb where id = %s",
                    [json.dumps(before), certificate.pk],
                )
    export(tmp_path / "as it was")
    assert verify(tmp_path / "as it was").redacted == ()


def test_words_forged_with_their_digests_and_leaf_do_not_give_the_commitment(
    tampered: Callable[[str, list[str]], None], certificate: Certificate, tmp_path: Path
) -> None:
    """Whoever forges the version's own digest as well is told by the document, which others have."""
    versions = "board_historicalcertificate"
    tampered(WORDS_CHANGED["another text"], ["board_certificate", versions])
    with as_owner(versions):
        run(
            f"update {versions} h set version_digest = audit_digest(salt, to_jsonb(h)) where id = %s",
            certificate.pk,
        )
    export(tmp_path / "export")
    digest = certificate.document["statements"][0]["text"]["sha256"]
    with pytest.raises(Broken, match=f"the words told for {digest} do not give it"):
        verify(tmp_path / "export")


def test_a_redaction_covers_no_other_words(
    people: Cast, certificate: Certificate, signer: Signer, tmp_path: Path
) -> None:
    """Once some words of a certificate are redacted, others cannot be taken away with them."""
    blank(people, Statement.objects.get(), ["text"])
    assert redactions_of([("board.Statement", str(Statement.objects.get().pk))])
    seal_now(signer)
    digest = certificate.document["motion"]["text"]["sha256"]
    with as_owner("board_historicalcertificate"):
        run(
            "update board_historicalcertificate set disclosures = disclosures #- array[%s, 'text'] where id = %s",
            digest,
            certificate.pk,
        )
    export(tmp_path / "export")
    with pytest.raises(Broken, match="does not match its digest"):
        verify(tmp_path / "export")
