"""On a sealed log: the catalogue finds what reading finds, pages say what is verified, a pack proves itself offline."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from accounts.models import Person
from audit.catalogue import catalogue_anew, catalogue_what_is_sealed, not_catalogued
from audit.days import days_of
from audit.integrity import is_proved, proof_of, standing_of
from audit.models import CataloguedEntry, Checkpoint, Event
from audit.packing import make_pack
from audit.signing import new_key_file
from audit.timeline import Filters, everything
from audit.verifying_pack import Broken, verify
from core.policies import Process
from tests.audit.log import SealedLog, as_owner, lines_of, rename_person, rewrite, run, seal_now, sealed_log

AUDITOR = Process("Auditor", roles=frozenset({"auditor"}))


@pytest.fixture
def log(fresh_db: str, settings: Any, tmp_path: Path) -> SealedLog:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    return sealed_log(tmp_path)


def found(**asked: Any) -> list[int]:
    return [event.number for event in everything(AUDITOR, Filters(**asked))]


def test_the_catalogue_finds_what_reading_finds(log: SealedLog) -> None:
    rename_person(actor=Process("Cartographer"), person_id=log.people()["Ben"].pk, name="Benjamin")
    asked: list[dict[str, Any]] = [
        {"words": "tested"}, {"words": "writer tested"}, {"words": "Lovel"}, {"words": "nobody"},
        {"person": "writ"}, {"person": "cartog"}, {"person": "r"}, {"person": "r", "words": "person"},
        {"object": "Ada"}, {"words": "tested", "app": "accounts"},
    ]  # fmt: skip
    read = [found(**one) for one in asked]
    assert [bool(numbers) for numbers in read] == [
        True,
        True,
        True,
        False,
        True,
        True,
        True,
        True,
        True,
        True,
    ]
    drawn = days_of(AUDITOR, Filters())
    assert catalogue_what_is_sealed() == Checkpoint.objects.all()[0].size
    assert [found(**one) for one in asked] == read, "some entries are catalogued, the last are not"
    seal_now(log.signer)
    catalogue_what_is_sealed()
    assert not not_catalogued().exists()
    assert CataloguedEntry.objects.count() == Event.objects.count()
    assert [found(**one) for one in asked] == read
    assert days_of(AUDITOR, Filters()) == drawn
    assert catalogue_what_is_sealed() == 0


def test_the_words_of_an_event_are_written_anew(log: SealedLog) -> None:
    catalogue_what_is_sealed()
    (number,) = found(words="Lovelace")[:1]
    with as_owner("audit_event"):
        run("update audit_event set data = '{}', target_label = '' where number = %s", number)
    assert number in found(words="Lovelace")
    catalogue_anew([number])
    assert number not in found(words="Lovelace")


def test_the_drawing_counts_by_app_and_period(log: SealedLog) -> None:
    catalogue_what_is_sealed()
    drawn = days_of(AUDITOR, Filters(app="accounts"))
    assert drawn is not None
    assert (drawn.unit, [strip.app for strip in drawn.strips]) == ("day", ["accounts"])
    assert drawn.strips[0].total == len(found(app="accounts"))
    day = Event.objects.latest("number").at.date()
    assert days_of(AUDITOR, Filters(until=day - timedelta(days=1))) is None
    wide = days_of(AUDITOR, Filters(since=day, until=day))
    assert wide is not None
    assert wide.spans == drawn.spans


def test_an_entry_is_verified_and_a_changed_one_is_not(log: SealedLog) -> None:
    version = Person.history.filter(name="Ada Lovelace").earliest()
    event = Event.objects.get(number=version.event_id)
    (standing,) = standing_of([event.number]).values()
    assert (standing.sealed, standing.intact) == (True, True)
    proof = proof_of(event)
    assert proof is not None
    assert is_proved(proof)
    (waiting,) = standing_of([found()[0]]).values()
    assert (waiting.sealed, waiting.intact) == (False, True)
    with as_owner("accounts_historicalperson"):
        run("update accounts_historicalperson set name = 'Eve' where history_id = %s", version.history_id)
    assert standing_of([event.number])[event.number].intact is False
    with as_owner("audit_leaf"):
        run("update audit_leaf set hash = sha256('') where event_id = %s", event.number - 1)
    broken = proof_of(event)
    assert broken is not None
    assert not is_proved(broken)


@pytest.fixture
def pack(log: SealedLog, tmp_path: Path) -> Path:
    """A pack about Ada, unpacked."""
    made = make_pack(actor=AUDITOR, row=log.people()["Ada Lovelace"])
    with ZipFile(made.file) as archive:
        archive.extractall(tmp_path / "pack")
    return tmp_path / "pack"


def test_a_pack_verifies_itself_with_the_standard_library_alone(pack: Path) -> None:
    command = [sys.executable, "-I", "-S", "verify.py", "."]
    done = subprocess.run(command, cwd=pack, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Verified: accounts.Person Ada Lovelace. 5 entries, 3 versions and 1 records" in done.stdout
    noted = Event.objects.get(verb="audit.pack.made")
    assert json.loads((pack / "manifest.json").read_text())["made"]["entry"] == noted.number
    kept = pack.parent / "kept.note"
    kept.write_text(Checkpoint.objects.all()[0].note)
    assert verify(pack, kept.read_text()).entries == 5


def _other_word(folder: Path) -> None:
    path = folder / "entries.jsonl"
    path.write_text(path.read_text().replace("Lovelace", "Byron"))


def _drop_version(folder: Path) -> None:
    lines = lines_of(folder / "entries.jsonl")
    for line in lines:
        line["versions"] = [version for version in line["versions"] if "Lovelace" not in version["record"]]  # type: ignore[attr-defined]
    rewrite(folder / "entries.jsonl", lines)


def _other_record(folder: Path) -> None:
    path = folder / "records.jsonl"
    path.write_text(path.read_text().replace("Lovelace", "Byron"))


def _no_record(folder: Path) -> None:
    (folder / "records.jsonl").write_text("")


def _other_checkpoint(folder: Path) -> None:
    path = folder / "checkpoint.note"
    path.write_text(path.read_text().replace("\n", "\n1", 1))


def _swapped_proofs(folder: Path) -> None:
    lines = lines_of(folder / "entries.jsonl")
    lines[0]["proof"], lines[1]["proof"] = lines[1]["proof"], lines[0]["proof"]
    rewrite(folder / "entries.jsonl", lines)


@pytest.mark.parametrize(
    ("tamper", "names"),
    [
        (_other_word, "its record does not match its digest"),
        (_drop_version, "its proof does not lead to the signed root"),
        (_other_record, "it differs from its newest version"),
        (_no_record, "it is missing"),
        (_other_checkpoint, "checkpoint.note"),
        (_swapped_proofs, "its proof does not lead to the signed root"),
    ],
)
def test_a_tampered_pack_is_named(pack: Path, tamper: Callable[[Path], None], names: str) -> None:
    tamper(pack)
    with pytest.raises(Broken, match="the file is not the one the manifest names"):
        verify(pack)
    manifest = json.loads((pack / "manifest.json").read_text())
    manifest["files"] = {name: sha256((pack / name).read_bytes()).hexdigest() for name in manifest["files"]}
    (pack / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Broken, match=names):
        verify(pack)
