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

from accounts.models import Person
from audit.evidence import leaf_data
from audit.merkle import Frontier, leaf_hash
from audit.models import Checkpoint, Event, Leaf
from audit.notes import Checkpoint as Statement
from audit.sealing import versions_written
from audit.signing import Signer, new_key_file, signer_from
from audit.verifying import Broken, verify
from tests.audit.log import SealedLog, as_owner, lines_of, rewrite, run, seal_now, sealed_log

VERSIONS = "accounts_historicalperson"


@pytest.fixture
def log(fresh_db: str, settings: Any, tmp_path: Path) -> SealedLog:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    return sealed_log(tmp_path)


def event_of(name: str) -> int:
    """The entry that wrote the first version bearing this name."""
    return int(Person.history.filter(name=name).earliest().event_id)


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


# What the owner does in the database → what the verifier says of it.


def edit_a_field(log: SealedLog) -> str:
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set name = 'Eve' where name = 'Ben'")
    return f"entry {event_of('Eve')}: version .* in {VERSIONS}: its record does not match its digest"


def edit_a_field_and_its_digest(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set name = 'Eve' where name = 'Ben'")
        run(f"update {VERSIONS} h set version_digest = audit_digest(salt, to_jsonb(h)) where name = 'Eve'")
    return f"entry {number}: its leaf .* was made of another record"


def null_the_actor(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("update audit_event set actor_name = '' where number = %s", number)
    return f"entry {number}: its record does not match its digest"


def delete_from_the_middle(log: SealedLog) -> str:
    number = event_of("Ben")
    leaf = Leaf.objects.get(event_id=number)
    with as_owner("audit_event", VERSIONS, "audit_leaf"):
        run(f"delete from {VERSIONS} where event_id = %s", number)
        run("delete from audit_event where number = %s", number)
    return f"claims leaf {leaf.index + 1} where leaf {leaf.index} belongs"


def delete_a_version_and_put_the_row_back(log: SealedLog) -> str:
    number = event_of("Ada Lovelace")
    with as_owner(VERSIONS, "accounts_person"):
        run(f"delete from {VERSIONS} where event_id = %s", number)
        run("update accounts_person set name = 'Ada L.' where name = 'Ada Lovelace'")
    return f"entry {number}: its leaf .* was made of another record or other versions"


def delete_the_tail(log: SealedLog) -> str:
    last = Leaf.objects.order_by("-index")[0]
    with as_owner("audit_event", "audit_leaf"):
        run("delete from audit_leaf where index = %s", last.index)
        run("delete from audit_event where number = %s", last.event_id)
    return f"leaf {last.index}: it is missing"


def delete_the_last_checkpoint(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("delete from audit_checkpoint where size > 3")
    return "it claims leaf 3; the last checkpoint has 3 leaves"


def insert_an_entry(log: SealedLog) -> str:
    """Into a transaction that was sealed without it."""
    with as_owner("audit_event"):
        run(
            "insert into audit_event (number, verb, outcome, actor_name, actor_roles, on_behalf_of_name, target_type,"
            " target_id, target_label, reason, data, origin, reference, at, xid, salt)"
            " select 900000000, verb, outcome, 'Eve', actor_roles, on_behalf_of_name, target_type, target_id,"
            " target_label, reason, data, origin, reference, at, xid, gen_random_uuid() from audit_event"
            " where number = %s",
            event_of("Ben"),
        )
    return "entry 900000000: its transaction .* was sealed without it"


def swap_two(log: SealedLog) -> str:
    one, two = Leaf.objects.get(index=2), Leaf.objects.get(index=4)
    with as_owner("audit_leaf"):
        for number, index in ((-1, 2), (one.event_id, 4), (two.event_id, 2)):
            run("update audit_leaf set event_id = %s where index = %s", number, index)
    return f"entry {two.event_id}: its leaf 2 was made of another record"


def duplicate_a_version(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"create temp table copy as select * from {VERSIONS} where event_id = %s", number)
        run("update copy set history_id = 900000000")
        run(f"insert into {VERSIONS} select * from copy")
    return f"entry {number}: version 900000000 in {VERSIONS}: its record does not match its digest"


def backdate(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("update audit_event set at = at - interval '1 day' where number = %s", number)
    return f"entry {number}: its record does not match its digest"


def replay_an_old_checkpoint(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("update audit_checkpoint set note = %s where size = 9", log.older)
    return "000000000009.note: it is a checkpoint of 3 leaves"


def sign_with_another_key(log: SealedLog) -> str:
    newest = Checkpoint.objects.order_by("-size")[0]
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    note = stranger.sign(Statement(log.signer.name, newest.size, bytes(newest.root)))
    with as_owner("audit_checkpoint"):
        run("update audit_checkpoint set note = %s where size = %s", note, newest.size)
    return "No known key signed the checkpoint of size 9"


def put_another_key_in_its_place(log: SealedLog) -> str:
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    with as_owner("audit_signingkey"):
        run(
            "insert into audit_signingkey (verifier_key, signature, adopted_at) values (%s, %s, now())",
            str(stranger.verifier_key),
            stranger.hand_over_to(stranger.verifier_key),
        )
    return "the key before it did not sign it"


def fork_the_tree(log: SealedLog) -> str:
    """Rewrite an entry with everything that follows from it, up to its leaf; the signed root stays."""
    number = event_of("Ada L.")
    with as_owner("audit_event", "audit_leaf"):
        run("update audit_event set reason = 'forged' where number = %s", number)
        run(
            "update audit_event e set digest = audit_digest(salt, to_jsonb(e) - 'digest') where number = %s",
            number,
        )
        digest = bytes(Event.objects.get(number=number).digest or b"")
        forged = leaf_hash(leaf_data(number, digest, versions_written(number, number)[number]))
        run("update audit_leaf set hash = %s where event_id = %s", forged, number)
    return r"leaves \d to \d: the checkpoint of \d leaves was signed over others"


def change_the_leaf_only(log: SealedLog) -> str:
    with as_owner("audit_leaf"):
        run("update audit_leaf set hash = sha256('x') where index = 3")
    return "its leaf 3 was made of another record"


def change_the_live_row_only(log: SealedLog) -> str:
    ben = log.people()["Ben"]
    with as_owner("accounts_person"):
        run("update accounts_person set name = 'Eve' where id = %s", ben.pk)
    return f"row {ben.pk} of accounts_person: it differs from its newest version"


def delete_the_live_row_only(log: SealedLog) -> str:
    ben = log.people()["Ben"]
    with as_owner("accounts_person"):
        run("delete from accounts_person where id = %s", ben.pk)
    return f"row {ben.pk} of accounts_person: its newest version says that it exists"


def insert_a_live_row_only(log: SealedLog) -> str:
    with as_owner("accounts_person"):
        run(
            "insert into accounts_person (id, name, affiliation, active) values (gen_random_uuid(), 'Eve', '', true)"
        )
    eve = log.people()["Eve"]
    return f"row {eve.pk} of accounts_person: no version says that it exists"


def erase_without_a_redaction(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS, "accounts_person"):
        run(f"update {VERSIONS} set name = '' where name = 'Ben'")
        run("update accounts_person set name = '' where name = 'Ben'")
    return f"entry {number}: version .* its record does not match its digest"


def move_a_version_to_another_entry(log: SealedLog) -> str:
    number, other = event_of("Ben"), event_of("Ada L.")
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set event_id = %s where event_id = %s", other, number)
    return f"entry {other}: version .* its record does not match its digest"


MUTATIONS: list[Callable[[SealedLog], str]] = [
    edit_a_field,
    edit_a_field_and_its_digest,
    null_the_actor,
    delete_from_the_middle,
    delete_a_version_and_put_the_row_back,
    delete_the_tail,
    delete_the_last_checkpoint,
    insert_an_entry,
    swap_two,
    duplicate_a_version,
    backdate,
    replay_an_old_checkpoint,
    sign_with_another_key,
    put_another_key_in_its_place,
    fork_the_tree,
    change_the_leaf_only,
    change_the_live_row_only,
    delete_the_live_row_only,
    insert_a_live_row_only,
    erase_without_a_redaction,
    move_a_version_to_another_entry,
]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_the_verifier_names_what_was_changed(mutation: Callable[[SealedLog], str], log: SealedLog) -> None:
    named = mutation(log)
    with pytest.raises(Broken, match=named):
        verify(log.export())


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
