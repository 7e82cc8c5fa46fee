"""The restore drill: dumped here, restored into another cluster, verified there, sealed on in a new epoch."""

from pathlib import Path
from typing import Any

import pytest

from audit.commands import opening, record
from audit.integrity import seal_state
from audit.models import Checkpoint, Event, Leaf
from audit.signing import new_key_file
from audit.verifying import Broken, verify
from tests.audit.log import VERSIONS, WRITER, SealedLog, add_person, as_owner, run, seal_now, sealed_log
from tests.cluster import connected_to, second_cluster


@pytest.fixture
def log(fresh_db: str, settings: Any, tmp_path: Path) -> SealedLog:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    return sealed_log(tmp_path)


def test_a_dump_restored_into_another_cluster_verifies_and_is_sealed_on(
    log: SealedLog, fresh_db: str, tmp_path: Path
) -> None:
    """With an entry that waited to be sealed, and transactions that are counted anew there."""
    before = Checkpoint.objects.latest("size")
    with second_cluster() as elsewhere:
        dump = tmp_path / "dump"
        elsewhere.run("pg_dump", "--format=custom", "--no-owner", f"--file={dump}", "--dbname", fresh_db)
        elsewhere.execute("create database restored")
        elsewhere.run(
            "pg_restore", "--exit-on-error", "--no-owner", "--dbname", elsewhere.url("restored"), str(dump)
        )
        with connected_to(elsewhere, "restored"):
            found = verify(log.export("as restored"), before.note)
            assert (found.size, found.unsealed, found.rows) == (before.size, 1, 3)
            first = seal_now(log.signer)
            assert (first.epoch, before.epoch) == (2, 1)
            assert Leaf.objects.count() == Event.objects.count()
            add_person(actor=WRITER, name="In the copy")
            with opening("accounts.person.tested", WRITER):
                record(reason="and another")
            later = seal_now(log.signer)
            assert (later.epoch, later.size) == (2, Event.objects.count())
            assert seal_state().waiting == 0
            found = verify(log.export("sealed on"), before.note)
            assert (found.size, found.unsealed) == (later.size, 0)
            # The guards came along, and so does what they cannot stop.
            with as_owner(VERSIONS):
                run(f"update {VERSIONS} set name = 'Eve' where name = 'Ben'")
            with pytest.raises(Broken, match="its record does not match its digest"):
                verify(log.export("tampered"), before.note)
