"""Sealing: nothing is skipped, nothing twice, whoever writes at the same time, whatever is restored or rolled back."""

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from accounts.models import Person
from audit.commands import opening, record
from audit.integrity import consistency_of, proof_of, seal_state
from audit.merkle import leaf_hash, verify_consistency, verify_inclusion
from audit.models import Checkpoint, Event, Leaf, Node
from audit.sealing import RefusedToSign, seal, seal_all
from audit.signing import NoKey, Signer, new_key_file, signer_from
from audit.tasks import seal_what_is_ready, signer_of_this_log
from audit.testing import recorded
from audit.verifying import verify
from core.policies import Process
from tests.audit.log import WRITER, SealedLog, add_person, as_owner, run, seal_now, sealed_log

pytestmark = pytest.mark.alone  # a writer anywhere on the database server holds the seal back


@pytest.fixture
def signer(fresh_db: str, settings: Any, tmp_path: Path) -> Signer:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    return signer_of_this_log()


@pytest.fixture
def log(signer: Signer, tmp_path: Path) -> SealedLog:
    return sealed_log(tmp_path)


def test_every_event_has_one_leaf_in_the_order_of_their_transactions(log: SealedLog) -> None:
    seal_now(log.signer)
    leaves = list(Leaf.objects.order_by("index").select_related("event"))
    assert [leaf.index for leaf in leaves] == list(range(Event.objects.count()))
    order = [(leaf.event.xid, leaf.event.number) for leaf in leaves]
    assert order == sorted(order)


def test_nothing_to_seal_makes_no_checkpoint(log: SealedLog) -> None:
    seal_now(log.signer)
    before = Checkpoint.objects.count()
    assert seal(log.signer) is None
    assert Checkpoint.objects.count() == before


def test_an_unfinished_transaction_is_waited_for_and_not_skipped(log: SealedLog, fresh_db: str) -> None:
    """Its event has a lower number than one that commits before it."""
    seal_now(log.signer)
    began, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with opening("accounts.person.tested", Process("Slow")):
            Person(name="Slow").save(force_insert=True)
            record()
            record()
            began.set()
            assert may_end.wait(30)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert began.wait(30)
    quick = add_person(actor=WRITER, name="Quick")
    list(seal_all(log.signer))
    assert seal_state().waiting >= 1
    assert not Leaf.objects.filter(event__target_id=str(quick.pk)).exists()
    may_end.set()
    thread.join()
    seal_now(log.signer)
    sealed = list(Leaf.objects.order_by("index").values_list("event__actor_name", flat=True))
    assert sealed[-3:] == ["Slow", "Slow", "Writer"]
    assert verify(log.export(), log.older).size == Event.objects.count()


def test_two_sealers_at_once_do_no_harm(log: SealedLog, fresh_db: str) -> None:
    for number in range(20):
        add_person(actor=WRITER, name=f"Person {number}")
    failures: list[BaseException] = []

    def sealing() -> None:
        try:
            for _ in range(10):
                list(seal_all(log.signer))
        except BaseException as error:  # noqa: BLE001  told below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sealing) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    seal_now(log.signer)
    assert Leaf.objects.count() == Event.objects.count()
    verify(log.export(), log.older)


def test_a_sealer_steps_back_while_another_is_at_it(log: SealedLog) -> None:
    holding, done = threading.Event(), threading.Event()

    def other() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [0x5EA1])
            holding.set()
            done.wait(30)
        connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    assert holding.wait(30)
    assert seal(log.signer) is None
    done.set()
    thread.join()


def test_it_refuses_to_sign_with_a_key_that_is_not_this_logs(log: SealedLog, tmp_path: Path) -> None:
    new_key_file(tmp_path / "stranger.pem")
    with pytest.raises(RefusedToSign, match="does not hold this log's key"):
        seal(signer_from(tmp_path / "stranger.pem", log.signer.name))


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("audit_leaf", "delete from audit_leaf where index = 8"),
        ("audit_checkpoint", "update audit_checkpoint set frontier = sha256('x') || frontier where size = 9"),
        ("audit_checkpoint", "update audit_checkpoint set root = sha256('x'), note = 'x' where size = 9"),
        ("audit_checkpoint", "delete from audit_checkpoint where size = 9"),
    ],
)
def test_it_refuses_to_sign_what_does_not_extend_the_last(table: str, statement: str, log: SealedLog) -> None:
    with as_owner(table):
        run(statement)
    before = Checkpoint.objects.count()
    with pytest.raises(RefusedToSign):
        seal(log.signer)
    assert Checkpoint.objects.count() == before


def test_the_periodic_task_says_why_and_goes_on_living(
    log: SealedLog, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "absent.pem")
    settings.LOCAL_MODE = False
    seal_what_is_ready()
    assert "cannot be read" in caplog.text
    settings.AUDIT_SIGNING_KEY_FILE = ""
    seal_what_is_ready()
    assert "set AUDIT_SIGNING_KEY_FILE" in caplog.text


def test_rows_of_the_seal_never_change(log: SealedLog) -> None:
    for table in ("audit_leaf", "audit_checkpoint", "audit_signingkey"):
        for statement in (f"delete from {table}", f"truncate {table}"):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                connection.cursor().execute(statement)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Checkpoint.objects.update(note="forged")


def test_every_event_is_proved_under_the_last_checkpoint_also_beyond_kept_nodes(log: SealedLog) -> None:
    """Enough leaves for kept nodes of the first level, and a ragged end."""
    for number in range(150):
        with opening("accounts.person.tested", WRITER):
            for _ in range(4):
                record(reason=str(number))
    last = seal_now(log.signer)
    assert last.size > 2 * 256
    assert Node.objects.filter(level=8).count() == last.size // 256
    root = bytes(last.root)
    for event in Event.objects.order_by("number")[::17]:
        proof = proof_of(event)
        assert proof is not None
        assert verify_inclusion(leaf_hash(proof.data), proof.index, last.size, proof.hashes, root)
    first = Checkpoint.objects.order_by("size")[0]
    proof_between = consistency_of(first, last)
    assert verify_consistency(first.size, bytes(first.root), last.size, root, proof_between)


def test_a_backlog_is_sealed_in_batches_which_may_part_a_transaction(
    log: SealedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.sealing.BATCH", 3)
    before = Checkpoint.objects.latest("size").size
    for _ in range(3):
        with opening("accounts.person.tested", WRITER):
            for number in range(4):
                record(reason=str(number))
    seal_now(log.signer)
    sizes = [
        before,
        *Checkpoint.objects.filter(size__gt=before).order_by("size").values_list("size", flat=True),
    ]
    assert sizes[-1] == Event.objects.count()
    assert {after - size for size, after in pairwise(sizes)} <= {1, 2, 3}
    assert verify(log.export(), log.older).unsealed == 0


def test_a_restored_copy_starts_a_new_epoch_and_goes_on(log: SealedLog) -> None:
    """As after a dump restored elsewhere: another cluster, in which transactions are counted from the start."""
    with as_owner("audit_checkpoint", "audit_event"):
        run("update audit_checkpoint set cluster = 'another', through_xid = 4000000000")
        # An event that was not sealed when the dump was made, with its old, high transaction.
        run(
            "update audit_event set xid = 4000000000, digest = null where number not in"
            " (select event_id from audit_leaf)"
        )
    after = add_person(actor=WRITER, name="After the restore")
    last = seal_now(log.signer)
    assert last.epoch == 2
    assert Leaf.objects.count() == Event.objects.count()
    assert Leaf.objects.filter(event__target_id=str(after.pk)).exists()
    add_person(actor=WRITER, name="Later")
    assert seal_now(log.signer).epoch == 2
    assert verify(log.export(), log.older).size == Event.objects.count()


def histories(seed: int) -> Iterator[None]:
    """One random honest history: commands, some rolled back, savepoints, rows made, changed and removed."""
    chance = random.Random(seed)
    mine: list[Person] = []
    for _ in range(chance.randrange(1, 5)):
        try:
            with opening("accounts.person.tested", WRITER):
                for _ in range(chance.randrange(1, 4)):
                    _one_change(chance, mine)
                for _ in range(chance.randrange(1, 3)):
                    record(reason=str(seed))
                if chance.random() < 0.2:
                    raise _Abandoned
        except _Abandoned:
            mine = [person for person in mine if Person.objects.filter(pk=person.pk).exists()]
        yield


class _Abandoned(Exception):
    pass


def _one_change(chance: random.Random, mine: list[Person]) -> None:
    kind = chance.random()
    if kind < 0.5 or not mine:
        person = Person(name=f"Person {chance.random()}")
        person.save(force_insert=True)
        mine.append(person)
    elif kind < 0.8:
        person = Person.objects.get(pk=chance.choice(mine).pk)
        person.name = f"Renamed {chance.random()} “é”\u202e"
        person.save()
    elif kind < 0.9:
        mine.pop().delete()
    else:
        _in_a_savepoint(chance, mine)


def _in_a_savepoint(chance: random.Random, mine: list[Person]) -> None:
    """Made and changed inside one; released, or rolled back with a savepoint in it that was released."""
    person, kept = Person(name=f"Person {chance.random()}"), chance.random() < 0.5
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            with transaction.atomic():
                person.name = f"Renamed {chance.random()}"
                person.save()
            if not kept:
                raise _Abandoned
    except _Abandoned:
        return
    mine.append(person)


def test_a_thousand_random_honest_histories_by_writers_at_once_raise_no_alarm(
    log: SealedLog, fresh_db: str
) -> None:
    seeds = iter(range(1000))
    taking, failures = threading.Lock(), []

    def write() -> None:
        try:
            while True:
                with taking:
                    seed = next(seeds, None)
                if seed is None:
                    return
                for _ in histories(seed):
                    pass
        except BaseException as error:  # noqa: BLE001  told below
            failures.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    kept = log.older
    exports = 0
    while any(writer.is_alive() for writer in writers):
        for checkpoint in seal_all(log.signer):
            kept = checkpoint.note
        verify(log.export(f"meanwhile {exports}"), kept)
        exports += 1
    assert failures == []
    seal_now(log.signer)
    found = verify(log.export(), kept)
    assert found.size == Event.objects.count() > 1500
    assert found.rows == Person.objects.count()
    assert exports > 1


def test_the_command_seals_tells_exports_and_verifies(
    log: SealedLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("audit", "status")
    assert "1 wait" in capsys.readouterr().out
    seal_now(log.signer)
    call_command("audit", "seal")
    assert "Nothing waits" in capsys.readouterr().out
    folder = tmp_path / "taken"
    call_command("audit", "export", str(folder))
    assert f"python {folder}/verify.py" in capsys.readouterr().out
    assert Event.objects.filter(verb="audit.export.made").count() == 1
    call_command("audit", "verify", str(folder))
    assert "Verified: 10 sealed entries" in capsys.readouterr().out
    with pytest.raises(CommandError, match="not empty"):
        call_command("audit", "export", str(folder))
    (folder / "events.jsonl").write_text((folder / "events.jsonl").read_text().replace("Ben", "Eve"))
    with pytest.raises(CommandError, match=r"Broken: entry \d+"):
        call_command("audit", "verify", str(folder))


def test_a_key_file_is_the_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "key.pem"
    call_command("audit", "key", str(path))
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="File exists"):
        call_command("audit", "key", str(path))
    path.write_text("no key")
    with pytest.raises(NoKey, match="cannot be read"):
        signer_from(path, "log")


@pytest.mark.django_db
def test_without_a_key_the_command_says_what_to_do(settings: Any) -> None:
    settings.AUDIT_SIGNING_KEY_FILE = ""
    with recorded(), pytest.raises(CommandError, match="set AUDIT_SIGNING_KEY_FILE"):
        call_command("audit", "seal")


def test_wrong_usage_ends_with_two() -> None:
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "manage.py", "audit"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
