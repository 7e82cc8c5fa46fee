"""Redaction: two people, a reason; what was blanked is gone, proofs hold, and it is never taken for an erasure."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Person
from audit import verifying_pack
from audit.commands import opening, record
from audit.disclosures import BLANK
from audit.exporting import export
from audit.hardening import Kind, harden
from audit.integrity import proof_of, standing_of
from audit.merkle import leaf_hash, verify_inclusion
from audit.models import Event, Redaction
from audit.packing import make_pack
from audit.redactions import (
    carry_out_redaction,
    drop_redaction,
    fields_of,
    propose_redaction,
    redactions_of,
    tracked,
)
from audit.signing import Signer, new_key_file
from audit.tasks import signer_of_this_log
from audit.verifying import Broken, verify
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from core.policies import Process
from essays.models import Draft
from tests.audit.log import VERSIONS, WRITER, add_person, as_owner, rename_person, run, seal_now
from tests.audit.test_hardening import NAME, PASSWORD, restored
from tests.cast import Cast, admit_cast
from tests.cluster import connected_to, second_cluster
from tests.factories import essays

WHY = "She asked us in writing to remove it."


def propose(cast: Cast, person: Person, *columns: str) -> Redaction:
    return propose_redaction(
        actor=cast.steward,
        record_type="accounts.Person",
        row_id=person.pk,
        columns=list(columns or ("name",)),
        reason="privacy",
        explanation=WHY,
    )


@pytest.fixture
def signer(fresh_db: str, settings: Any, tmp_path: Path) -> Signer:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    return signer_of_this_log()


@pytest.fixture
def exported(tmp_path: Path) -> Callable[[], Path]:
    def write() -> Path:
        folder = tmp_path / f"export-{len(list(tmp_path.iterdir()))}"
        export(folder)
        return folder

    return write


@pytest.fixture
def people(signer: Signer) -> Cast:
    """The cast, in a database of its own."""
    return admit_cast()


@pytest.fixture
def mary(people: Cast, signer: Signer) -> Person:
    """A person with two versions, both sealed."""
    person = add_person(actor=WRITER, name="Mary Shelley")
    rename_person(actor=WRITER, person_id=person.pk, name="Mary W. Shelley")
    seal_now(signer)
    return person


def told_of(person: Person) -> list[tuple[str, str]]:
    return [(version.history_type, version.name) for version in Person.history.filter(id=person.pk)]


def test_what_was_said_is_gone_everywhere_and_the_log_still_verifies(
    people: Cast, mary: Person, signer: Signer, exported: Callable[[], Path]
) -> None:
    kept = seal_now(signer).note
    proofs = [proof_of(event) for event in Event.objects.filter(target_id=str(mary.pk))]
    done = carry_out_redaction(actor=people.secretary, redaction_id=propose(people, mary).pk)
    assert told_of(mary) == [("~", BLANK), ("~", BLANK), ("+", BLANK)]
    assert Person.objects.get(pk=mary.pk).name == BLANK
    assert len(done.versions) == 2
    assert redactions_of([("accounts.Person", str(mary.pk))]) == {("accounts.Person", str(mary.pk)): [done]}
    seal_now(signer)
    folder = exported()
    found = verify(folder, kept)
    assert found.unsealed == 0
    by_whom = f"proposed by Steward, confirmed by Secretary on {done.confirmed_at:%Y-%m-%d}."
    assert [line.partition(": ")[2] for line in found.redacted if "version" in line] == [
        f"version {number} in {VERSIONS}: name redacted (privacy: {WHY}), {by_whom}"
        for number in sorted(map(int, done.versions))
    ]
    entries = Event.objects.filter(target_id=str(mary.pk)).order_by("number").values_list("number", flat=True)
    assert [line for line in found.redacted if "version" not in line] == [
        f"entry {number}: what it repeats of name of accounts.Person redacted (privacy: {WHY}), {by_whom}"
        for number in entries[:3]
    ]
    assert f"name redacted (privacy: {WHY})" in str(found)
    assert "Shelley" not in "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    for before in proofs:
        assert before is not None
        again = proof_of(Event.objects.get(number=int(before.data.split()[1])))
        assert again is not None
        assert again.data == before.data
        assert verify_inclusion(
            leaf_hash(again.data),
            again.index,
            again.checkpoint.size,
            again.hashes,
            bytes(again.checkpoint.root),
        )


def test_pages_and_evidence_packs_tell_a_redaction_from_an_erasure(
    people: Cast, mary: Person, signer: Signer, tmp_path: Path
) -> None:
    done = carry_out_redaction(actor=people.secretary, redaction_id=propose(people, mary).pk)
    seal_now(signer)
    numbers = Person.history.filter(id=mary.pk).values_list("event_id", flat=True)
    assert all(standing.intact for standing in standing_of(numbers).values())
    with ZipFile(make_pack(actor=people.auditor, row=Person.objects.get(pk=mary.pk)).file) as archive:
        archive.extractall(tmp_path / "pack")
    assert len(verifying_pack.verify(tmp_path / "pack").redacted) == 2 + 3
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set name = 'Eve' where history_id = %s", int(min(done.versions, key=int)))
    assert [standing.intact for standing in standing_of(numbers).values()].count(False) == 1
    with ZipFile(make_pack(actor=people.auditor, row=Person.objects.get(pk=mary.pk)).file) as archive:
        archive.extractall(tmp_path / "tampered")
    with pytest.raises(verifying_pack.Broken, match="does not match its digest"):
        verifying_pack.verify(tmp_path / "tampered")


def test_the_same_blanks_without_a_redaction_are_an_erasure(
    mary: Person, exported: Callable[[], Path]
) -> None:
    with as_owner(VERSIONS, "accounts_person"):
        run(f"update {VERSIONS} set name = %s where id = %s", BLANK, mary.pk)
        run("update accounts_person set name = %s where id = %s", BLANK, mary.pk)
    with pytest.raises(Broken, match="its record does not match its digest"):
        verify(exported())


def test_nothing_else_changes_under_cover_of_a_redaction(
    people: Cast, mary: Person, signer: Signer, exported: Callable[[], Path]
) -> None:
    carry_out_redaction(actor=people.secretary, redaction_id=propose(people, mary).pk)
    seal_now(signer)
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set actor_name = 'Eve' where id = %s and history_type = '+'", mary.pk)
    with pytest.raises(Broken, match="its record does not match its digest"):
        verify(exported())


def test_a_redaction_put_there_by_the_owner_alone_is_named(
    people: Cast, mary: Person, signer: Signer, exported: Callable[[], Path]
) -> None:
    """The owner blanks, and writes a row that claims a redaction; the log holds no decision of two people."""
    row = propose(people, mary)
    drop_redaction(actor=people.secretary, redaction_id=row.pk, reason="It must stay.")
    seal_now(signer)
    with as_owner(VERSIONS, "accounts_person", "audit_redaction"):
        run(f"update {VERSIONS} set name = %s where id = %s", BLANK, mary.pk)
        run("update accounts_person set name = %s where id = %s", BLANK, mary.pk)
        run(
            "update audit_redaction set state = 'carried_out', confirmed_by_id = gen_random_uuid(), versions ="
            f" (select jsonb_object_agg(history_id, encode(audit_digest(salt, to_jsonb(h)), 'hex')) from {VERSIONS} h"
            " where h.id = %s)",
            mary.pk,
        )
    with pytest.raises(
        Broken, match=r"blanked, and no redaction by two people|differs from its newest version"
    ):
        verify(exported())


def test_rows_that_never_change_can_be_redacted_and_only_so(people: Cast, signer: Signer) -> None:
    """A draft is append-only: what its row said goes the same way."""
    essays.written(people, title="Small hours")
    draft = Draft.objects.latest("pk")
    texts = [name for name, _words in fields_of(Draft) if isinstance(getattr(draft, name), str)]
    column = next(name for name in texts if getattr(draft, name))
    row = propose_redaction(
        actor=people.steward,
        record_type="essays.Draft",
        row_id=draft.pk,
        columns=[column],
        reason="legal",
        explanation=WHY,
    )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(f"update essays_draft set {column} = %s where id = %s", [BLANK, draft.pk])
    carry_out_redaction(actor=people.secretary, redaction_id=row.pk)
    draft.refresh_from_db()
    assert getattr(draft, column) == BLANK
    assert {getattr(version, column) for version in Draft.history.filter(id=draft.pk)} == {BLANK}


FORGERIES = {
    "without any redaction": "update {versions} set name = '[redacted]' where id = %(row)s",
    "another field with it": (
        "update {versions} set name = '[redacted]', actor_name = 'Eve' where id = %(row)s and history_type = '+'"
    ),
    "into another text": "update {versions} set name = 'Eve' where id = %(row)s",
    "a deletion": "delete from {versions} where id = %(row)s",
    "of another row": "update {versions} set name = '[redacted]' where id <> %(row)s",
    "of an event": "update audit_event set actor_name = '[redacted]'",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_the_database_lets_nothing_pass_but_what_two_people_decided(
    people: Cast, forgery: str, mary: Person
) -> None:
    """Inside the very command that carries a redaction out, and so with more right than anybody else has."""
    row = propose(people, mary)
    decided = forgery != "without any redaction"

    def forge() -> None:
        with opening("audit.redaction.carried_out", people.secretary):
            if decided:
                row.state, row.confirmed_by_id = "carried_out", people.secretary.id
                row.save()
            record(row)
            connection.cursor().execute(FORGERIES[forgery].format(versions=VERSIONS), {"row": mary.pk})

    with pytest.raises(IntegrityError, match="append-only"):
        forge()
    assert told_of(mary)[0] == ("~", "Mary W. Shelley")


def test_one_person_with_two_hats_and_a_process_blank_nothing(people: Cast, mary: Person) -> None:
    row = propose(people, mary)
    # The chair may confirm, but cannot see people's records.
    for actor in (people.steward, people.auditor, people.outsider, people.chair, Process("Cron")):
        with pytest.raises(NotAllowed):
            carry_out_redaction(actor=actor, redaction_id=row.pk)
    with pytest.raises(IntegrityError), opening("audit.redaction.carried_out", people.steward):  # noqa: PT012
        row.state, row.confirmed_by_id = "carried_out", people.steward.id
        row.save()
        record(row)
    # Somebody proposes in another's name and confirms in their own: the versions say who it was.
    with pytest.raises(DatabaseError), opening("audit.redaction.carried_out", people.steward):  # noqa: PT012
        row.state, row.confirmed_by_id = "carried_out", people.secretary.id
        row.save()
        record(row)
        connection.cursor().execute("select audit_redact(%s)", [row.pk])
    assert told_of(mary)[0] == ("~", "Mary W. Shelley")


def test_it_is_refused_what_cannot_be_or_was_decided(people: Cast, mary: Person) -> None:
    for columns in ([], ["user_id"], ["active"], ["nothing"]):
        with pytest.raises(Unacceptable):
            propose_redaction(
                actor=people.steward,
                record_type="accounts.Person",
                row_id=mary.pk,
                columns=columns,
                reason="privacy",
                explanation=WHY,
            )
    row = propose(people, mary)
    with pytest.raises(IllegalMove, match="proposed already"):
        propose(people, mary)
    drop_redaction(actor=people.steward, redaction_id=row.pk, reason="A mistake.")
    for act in (
        lambda: carry_out_redaction(actor=people.secretary, redaction_id=row.pk),
        lambda: drop_redaction(actor=people.secretary, redaction_id=row.pk, reason="Again."),
    ):
        with pytest.raises(IllegalMove):
            act()
    with pytest.raises(NotFound):
        tracked("audit.Redaction")
    assert told_of(mary)[0] == ("~", "Mary W. Shelley")


def test_no_temporary_table_stands_in_for_a_real_one(mary: Person) -> None:
    """Whoever may write SQL may make temporary tables; the guards do not look there."""
    with pytest.raises(IntegrityError, match="not of this transaction"), transaction.atomic():  # noqa: PT012
        with connection.cursor() as cursor:
            event = Event.objects.latest("number").number
            cursor.execute(
                "create temporary table audit_event as select %s::bigint number, audit_xid() xid", [event]
            )
            cursor.execute("select set_config('audit.event', %s, true)", [str(event)])
        person = Person.objects.get(pk=mary.pk)
        person.name = "Eve"
        person.save()
        connection.cursor().execute("set constraints all immediate")


def test_no_temporary_table_stands_in_for_a_decision(mary: Person) -> None:
    def forge() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in ("audit_redaction", "audit_historicalredaction"):
                cursor.execute(f"create temporary table {table} as select * from public.{table}")
            cursor.execute(
                "insert into audit_redaction (id, row_id, live_table, history_table, fields, state, proposed_by_id,"
                " confirmed_by_id) values (gen_random_uuid(), %s, 'accounts_person', %s, '[\"name\"]', 'carried_out',"
                " gen_random_uuid(), gen_random_uuid())",
                [mary.pk, VERSIONS],
            )
            cursor.execute(f"update public.{VERSIONS} set name = '[redacted]' where id = %s", [mary.pk])

    with pytest.raises(IntegrityError, match="append-only"):
        forge()


def test_under_roles_of_their_own_the_application_redacts_and_nothing_more(
    fresh_db: str,
    _template_database: str,  # noqa: PT019  its name
) -> None:
    """The versions belong to the owner; the application may blank them through the one function only."""
    with second_cluster() as server:
        restored(server, _template_database)
        with connected_to(server, NAME):
            harden("emeritus", dict.fromkeys(Kind, PASSWORD))
        with connected_to(server, NAME, "emeritus_app", PASSWORD):
            cast = admit_cast()
            person = add_person(actor=WRITER, name="Mary Shelley")
            carry_out_redaction(actor=cast.secretary, redaction_id=propose(cast, person).pk)
            assert told_of(person) == [("~", BLANK), ("+", BLANK)]
            with pytest.raises(DatabaseError, match="permission denied"):
                connection.cursor().execute(f"update {VERSIONS} set name = 'Eve'")
