"""How versions of records would be tampered with."""

from audit.evidence import leaf_data
from audit.merkle import leaf_hash
from audit.models import Event
from audit.sealing import versions_written
from tests.audit.log import VERSIONS, SealedLog, as_owner, run, seal_now
from tests.audit.mutations.events import event_of
from tests.audit.mutations.rows import ROWS


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


def duplicate_a_version(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"create temp table copy as select * from {VERSIONS} where event_id = %s", number)
        run("update copy set history_id = 900000000")
        run(f"insert into {VERSIONS} select * from copy")
    return f"entry {number}: version 900000000 in {VERSIONS}: its record does not match its digest"


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


def null_the_actor_of_a_version(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set actor_name = '', history_user_id = null where event_id = %s", number)
    return f"entry {number}: version .* in {VERSIONS}: its record does not match its digest"


def delete_a_version_from_the_middle(log: SealedLog) -> str:
    number = event_of("Ada L.")
    with as_owner(VERSIONS):
        run(f"delete from {VERSIONS} where event_id = %s", number)
    return f"entry {number}: its leaf .* was made of another record or other versions"


def insert_a_version(log: SealedLog) -> str:
    """A version of its own making, with a digest that fits, in an entry that is sealed."""
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"create temp table copy as select * from {VERSIONS} where event_id = %s", number)
        run("update copy set history_id = 900000000, id = gen_random_uuid(), name = 'Eve'")
        run("update copy h set version_digest = audit_digest(salt, to_jsonb(h))")
        run(f"insert into {VERSIONS} select * from copy")
    return f"entry {number}: its leaf .* was made of another record or other versions"


def swap_two_versions(log: SealedLog) -> str:
    one, two = event_of("Ada"), event_of("Ben")
    with as_owner(VERSIONS):
        for number, event in ((-1, one), (one, two), (two, -1)):
            run(f"update {VERSIONS} set event_id = %s where event_id = %s", number, event)
    return f"entry {one}: version .* in {VERSIONS}: its record does not match its digest"


def backdate_a_version(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(
            f"update {VERSIONS} set history_date = history_date - interval '1 day' where event_id = %s",
            number,
        )
    return f"entry {number}: version .* in {VERSIONS}: its record does not match its digest"


def fork_the_tree_from_a_version(log: SealedLog) -> str:
    """Rewrite a version with all that follows from it: digest and leaf; the signed root stays."""
    number = event_of("Ben")
    with as_owner(VERSIONS, ROWS, "audit_leaf"):
        run(f"update {VERSIONS} set name = 'Eve' where event_id = %s", number)
        run(
            f"update {VERSIONS} h set version_digest = audit_digest(salt, to_jsonb(h)) where event_id = %s",
            number,
        )
        run(f"update {ROWS} set name = 'Eve' where name = 'Ben'")
        digest = bytes(Event.objects.get(number=number).digest or b"")
        forged = leaf_hash(leaf_data(number, digest, versions_written(number, number)[number]))
        run("update audit_leaf set hash = %s where event_id = %s", forged, number)
    return "leaves 3 to 8: the checkpoint of 9 leaves was signed over others"


def change_the_payload_only_of_a_version(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set version_digest = sha256('x') where event_id = %s", number)
    return f"entry {number}: version .* in {VERSIONS}: its record does not match its digest"


def delete_the_newest_version(log: SealedLog) -> str:
    seal_now(log.signer)
    number = event_of("Dora")
    with as_owner(VERSIONS, ROWS):
        run(f"delete from {VERSIONS} where event_id = %s", number)
        run(f"delete from {ROWS} where name = 'Dora'")
    return f"entry {number}: its leaf .* was made of another record or other versions"
