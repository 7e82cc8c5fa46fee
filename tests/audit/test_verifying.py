"""Whoever owns the database can change anything in it. The verifier names what was changed."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command

from audit.integrity import proof_of
from audit.merkle import Frontier, leaf_hash
from audit.models import Checkpoint, Event
from audit.notes import Checkpoint as Statement
from audit.signing import Signer, new_key_file, signer_from
from audit.verifying import Broken, verify
from tests.audit.log import VERSIONS, SealedLog, as_owner, lines_of, rewrite, run, seal_now, sealed_log

pytestmark = pytest.mark.alone  # a writer anywhere on the database server holds the seal back


@pytest.fixture
def log(fresh_db: str, settings: Any, tmp_path: Path) -> SealedLog:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    return sealed_log(tmp_path)


def test_an_honest_log_verifies_and_extends_its_older_checkpoint(log: SealedLog) -> None:
    found = verify(log.export(), log.older)
    assert (found.size, found.unsealed) == (9, 1)
    assert (found.versions, found.rows) == (7, 3)


def test_the_export_verifies_itself_with_the_standard_library_alone(log: SealedLog) -> None:
    folder = log.export()
    (folder / "older.txt").write_text(log.older)
    command = [sys.executable, "-I", "-S", "verify.py", ".", "--checkpoint", "older.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "9 sealed entries" in done.stdout
    (folder / "events.jsonl").write_text((folder / "events.jsonl").read_text().replace("Ben", "Eve"))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "does not match its digest" in done.stderr


def test_a_log_cut_back_is_caught_by_whoever_kept_a_checkpoint(log: SealedLog) -> None:
    kept = Checkpoint.objects.order_by("-size")[0].note
    with as_owner("audit_checkpoint", "audit_leaf", "audit_event", VERSIONS, "accounts_person"):
        run("delete from audit_checkpoint where size > 3")
        run("delete from audit_leaf where index >= 3")
        run("delete from accounts_person where name <> 'Ada Lovelace'")
        run(f"delete from {VERSIONS} where event_id not in (select event_id from audit_leaf)")
        run("delete from audit_event where number not in (select event_id from audit_leaf)")
        run("update accounts_person set name = 'Ada'")
        run(
            "insert into accounts_person (id, name, affiliation, active)"
            f" select id, name, affiliation, active from {VERSIONS} where name = 'Cleo'"
        )
    folder = log.export()
    assert verify(folder, log.older).size == 3
    with pytest.raises(Broken, match="leaf 3: it is missing; the checkpoint of 9 leaves has it"):
        verify(folder, kept)


def test_a_checkpoint_of_another_past_is_not_extended(log: SealedLog) -> None:
    frontier = Frontier()
    frontier.append(leaf_hash(b"another past"))
    other = log.signer.sign(Statement(log.signer.name, 1, frontier.root()))
    with pytest.raises(Broken, match="leaves 0 to 0: the checkpoint of 1 leaves was signed over others"):
        verify(log.export(), other)


def test_the_proof_of_one_entry_is_checked_offline_by_whoever_knows_the_key(log: SealedLog) -> None:
    folder = log.export()
    proof = proof_of(Event.objects.get(leaf__index=4))
    assert proof is not None
    told, key = proof.as_json(), str(log.signer.verifier_key)
    stranger = str(Signer(log.signer.name, Ed25519PrivateKey.generate()).verifier_key)

    def run_on(said: object, *arguments: str) -> "subprocess.CompletedProcess[str]":
        (folder / "proof.json").write_text(json.dumps(said))
        command = [sys.executable, "-I", "-S", "verify.py", "proof.json", *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    done = run_on(told, "--key", stranger, "--key", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert "is leaf 4 of" in done.stdout
    for said, keys, wrong in (
        (
            told | {"leaf": told["leaf"].replace("event ", "event 1")},
            ["--key", key],
            "not under the checkpoint",
        ),
        (told | {"index": 3}, ["--key", key], "not under the checkpoint"),
        (told, ["--key", stranger], "No known key signed"),
        ({"leaf": "x"}, ["--key", key], "does not have the expected form"),
    ):
        done = run_on(said, *keys)
        assert done.returncode == 1
        assert wrong in done.stderr
        assert "Traceback" not in done.stderr
    done = run_on(told)
    assert done.returncode == 2
    assert "--key KEY" in done.stderr


def test_who_knows_the_key_is_not_taken_in_by_a_log_of_another(log: SealedLog) -> None:
    folder = log.export()
    assert verify(folder, known=[str(log.signer.verifier_key)]).size == 9
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    with pytest.raises(Broken, match="none of those you named"):
        verify(folder, known=[str(stranger.verifier_key)])


# What somebody does to the files of an export.


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda entries: entries.pop(3), "claims leaf 4 where leaf 3 belongs"),
        (lambda entries: entries.insert(3, entries[3]), "claims leaf 3 where leaf 4 belongs"),
        (lambda entries: entries[3].update(number=900000000), "entry 900000000: its record is that of entry"),
        (lambda entries: entries[3].update(digest="00" * 32), "its record does not match its digest"),
        (lambda entries: entries[3].update(leaf="00" * 32), "its leaf 3 was made of another record"),
        (lambda entries: entries[3].update(salt="00000000-0000-0000-0000-000000000000"), "match its digest"),
        (lambda entries: entries[0].update(versions=[]), "its leaf 0 was made of another record"),
        (lambda entries: entries[0].update(versions=entries[1]["versions"]), "it belongs to entry"),
    ],
)
def test_a_spoiled_file_is_named(
    spoil: Callable[[list[dict[str, Any]]], object], named: str, log: SealedLog
) -> None:
    folder = log.export()
    entries = lines_of(folder / "events.jsonl")
    spoil(entries)
    rewrite(folder / "events.jsonl", entries)
    with pytest.raises(Broken, match=named):
        verify(folder)


def test_a_missing_or_unreadable_file_is_named(log: SealedLog) -> None:
    folder = log.export()
    rows = folder / "rows" / "accounts_person.jsonl"
    whole = rows.read_text()
    rows.write_text(whole + "{")
    with pytest.raises(Broken, match=r"rows/accounts_person\.jsonl"):
        verify(folder)
    rows.unlink()
    with pytest.raises(Broken, match=r"accounts_person.jsonl: the file is missing"):
        verify(folder)


def test_the_verifier_refuses_what_is_no_export_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"keys": []}))
    done = subprocess.run(
        [sys.executable, "manage.py", "audit", "verify", str(tmp_path)],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no key" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rotated_key_goes_on_with_the_same_log(log: SealedLog, settings: Any, tmp_path: Path) -> None:
    second = tmp_path / "second.pem"
    new_key_file(second)
    call_command("audit", "rotate-key", str(second))
    settings.AUDIT_SIGNING_KEY_FILE = str(second)
    seal_now(signer_from(second, log.signer.name))
    found = verify(log.export(), log.older)
    assert (found.size, found.unsealed) == (11, 0)
