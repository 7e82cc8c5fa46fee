"""How the owner of the tables would tamper, per kind of table, and what the verifier must say of it.

Each function does it, with every guard off, and returns what must be named. `MATRIX` has a cell for every kind of table
and every way; where a way does not exist for a kind, the cell says why.
"""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accounts.models import Person
from audit.evidence import leaf_data
from audit.keys import rotate_key
from audit.merkle import Frontier, leaf_hash
from audit.models import Checkpoint, Event, Leaf, SigningKey
from audit.notes import Checkpoint as Statement
from audit.sealing import versions_written
from audit.signing import Signer
from tests.audit.log import VERSIONS, WRITER, SealedLog, add_person, as_owner, run, seal_now

ROWS = "accounts_person"


def event_of(name: str) -> int:
    """The entry that wrote the first version bearing this name."""
    return int(Person.history.filter(name=name).earliest().event_id)


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


def null_the_actor_of_a_version(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set actor_name = '', history_user_id = null where event_id = %s", number)
    return f"entry {number}: version .* in {VERSIONS}: its record does not match its digest"


def edit_an_event(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("update audit_event set reason = 'because' where number = %s", number)
    return f"entry {number}: its record does not match its digest"


def edit_a_checkpoint(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("update audit_checkpoint set note = replace(note, E'\\n9\\n', E'\\n8\\n') where size = 9")
    return "000000000009.note: No known key signed the checkpoint of size 8"


def edit_a_key(log: SealedLog) -> str:
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    with as_owner("audit_signingkey"):
        run("update audit_signingkey set verifier_key = %s", str(stranger.verifier_key))
    return "000000000003.note: No known key signed the checkpoint of size 3"


def delete_a_version_from_the_middle(log: SealedLog) -> str:
    number = event_of("Ada L.")
    with as_owner(VERSIONS):
        run(f"delete from {VERSIONS} where event_id = %s", number)
    return f"entry {number}: its leaf .* was made of another record or other versions"


def delete_a_leaf_from_the_middle(log: SealedLog) -> str:
    with as_owner("audit_leaf"):
        run("delete from audit_leaf where index = 4")
    return "claims leaf 5 where leaf 4 belongs"


def delete_a_checkpoint_from_the_middle(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("delete from audit_checkpoint where size = 3")
    return "000000000003.note: it is missing; that of 9 leaves follows it"


def three_keys(log: SealedLog) -> list[Signer]:
    """Two more keys, each signed by the one before and used for a seal."""
    signers = [log.signer]
    for _ in range(2):
        following = Signer(log.signer.name, Ed25519PrivateKey.generate())
        rotate_key(
            actor=WRITER,
            key=following.verifier_key,
            signature=signers[-1].hand_over_to(following.verifier_key),
        )
        seal_now(following)
        signers.append(following)
    return signers


def delete_a_key_from_the_middle(log: SealedLog) -> str:
    last = three_keys(log)[-1]
    with as_owner("audit_signingkey"):
        run("delete from audit_signingkey where id = %s", SigningKey.objects.all()[1].pk)
    return f"key {last.verifier_key}: the key before it did not sign it".replace("+", r"\+")


def delete_the_last_key(log: SealedLog) -> str:
    three_keys(log)
    size = Checkpoint.objects.all()[0].size
    with as_owner("audit_signingkey"):
        run("delete from audit_signingkey where id = %s", SigningKey.objects.all()[2].pk)
    return f"{size:012}.note: No known key signed the checkpoint of size {size}"


def delete_a_key_that_signed_nothing_yet(log: SealedLog) -> str:
    following = Signer(log.signer.name, Ed25519PrivateKey.generate())
    rotate_key(
        actor=WRITER, key=following.verifier_key, signature=log.signer.hand_over_to(following.verifier_key)
    )
    with as_owner("audit_signingkey"):
        run("delete from audit_signingkey where id = %s", SigningKey.objects.all()[1].pk)
    return f"key {following.verifier_key}: an entry says that it was adopted".replace("+", r"\+")


def swap_two_keys(log: SealedLog) -> str:
    three_keys(log)
    first, second = SigningKey.objects.all()[1:3]
    with as_owner("audit_signingkey"):
        for number, key in ((-1, first), (first.pk, second), (second.pk, SigningKey(pk=-1))):
            run("update audit_signingkey set id = %s where id = %s", number, key.pk)
    return f"key {second.verifier_key}: the key before it did not sign it".replace("+", r"\+")


def insert_a_key_signed_by_a_stolen_one(log: SealedLog) -> str:
    """Properly signed, and no entry tells of it."""
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    with as_owner("audit_signingkey"):
        run(
            "insert into audit_signingkey (verifier_key, signature, adopted_at) values (%s, %s, now())",
            str(stranger.verifier_key),
            log.signer.hand_over_to(stranger.verifier_key),
        )
    return f"key {stranger.verifier_key}: no entry says that it was adopted".replace("+", r"\+")


def duplicate_a_key(log: SealedLog) -> str:
    [key] = SigningKey.objects.all()
    with as_owner("audit_signingkey"):
        run(
            "insert into audit_signingkey (verifier_key, signature, adopted_at) values (%s, %s, now())",
            f"{key.verifier_key} ",
            log.signer.hand_over_to(log.signer.verifier_key),
        )
    return "an entry says that it was adopted|no entry says that it was adopted"


def insert_a_version(log: SealedLog) -> str:
    """A version of its own making, with a digest that fits, in an entry that is sealed."""
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"create temp table copy as select * from {VERSIONS} where event_id = %s", number)
        run("update copy set history_id = 900000000, id = gen_random_uuid(), name = 'Eve'")
        run("update copy h set version_digest = audit_digest(salt, to_jsonb(h))")
        run(f"insert into {VERSIONS} select * from copy")
    return f"entry {number}: its leaf .* was made of another record or other versions"


def insert_a_leaf(log: SealedLog) -> str:
    """For the entry that waits; no checkpoint is over it."""
    waiting = Event.objects.get(leaf__isnull=True)
    with as_owner("audit_leaf"):
        run("insert into audit_leaf (index, event_id, hash) values (9, %s, sha256('x'))", waiting.number)
    return f"entry {waiting.number}: it claims leaf 9; the last checkpoint has 9 leaves"


def insert_a_checkpoint(log: SealedLog) -> str:
    stranger = Signer(log.signer.name, Ed25519PrivateKey.generate())
    note = stranger.sign(Statement(log.signer.name, 7, b"\x07" * 32, 3))
    with as_owner("audit_checkpoint"):
        run(
            "insert into audit_checkpoint (size, root, note, frontier, cluster, epoch, at)"
            " select 7, root, %s, frontier, cluster, epoch, at from audit_checkpoint where size = 9",
            note,
        )
    return "000000000007.note: No known key signed the checkpoint of size 7"


def swap_two_versions(log: SealedLog) -> str:
    one, two = event_of("Ada"), event_of("Ben")
    with as_owner(VERSIONS):
        for number, event in ((-1, one), (one, two), (two, -1)):
            run(f"update {VERSIONS} set event_id = %s where event_id = %s", number, event)
    return f"entry {one}: version .* in {VERSIONS}: its record does not match its digest"


def swap_two_events(log: SealedLog) -> str:
    one, two = event_of("Ada L."), event_of("Ben")
    with as_owner("audit_event"):
        run(
            "update audit_event e set verb = o.verb, reason = o.reason, data = o.data, target_id = o.target_id,"
            " target_label = o.target_label from audit_event o where (e.number, o.number) in ((%s, %s), (%s, %s))",
            one,
            two,
            two,
            one,
        )
    return f"entry ({one}|{two}): its record does not match its digest"


def swap_two_rows(log: SealedLog) -> str:
    with as_owner(ROWS):
        run(
            f"update {ROWS} set name = case name when 'Ben' then 'Ada Lovelace' else 'Ben' end"
            " where name in ('Ben', 'Ada Lovelace')"
        )
    return f"row .* of {ROWS}: it differs from its newest version"


def swap_two_checkpoints(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("update audit_checkpoint c set note = o.note from audit_checkpoint o where o.size <> c.size")
    return "000000000003.note: it is a checkpoint of 9 leaves"


def duplicate_an_event(log: SealedLog) -> str:
    """Its very content and transaction under a new number, with a digest that fits."""
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("create temp table copy as select * from audit_event where number = %s", number)
        run("update copy set number = 900000000, caused_by_id = null")
        run("update copy e set digest = audit_digest(salt, to_jsonb(e) - 'digest')")
        run("insert into audit_event select * from copy")
    return "entry 900000000: its transaction .* was sealed without it"


def duplicate_a_row(log: SealedLog) -> str:
    with as_owner(ROWS):
        run(
            f"insert into {ROWS} (id, name, affiliation, active) select gen_random_uuid(), name, affiliation, active"
            f" from {ROWS} where name = 'Ben'"
        )
    return f"row .* of {ROWS}: no version says that it exists"


def duplicate_a_leaf(log: SealedLog) -> str:
    """The leaf of one entry stands where that of another stood."""
    two = Leaf.objects.get(index=4)
    with as_owner("audit_leaf"):
        run("update audit_leaf set hash = (select hash from audit_leaf where index = 3) where index = 4")
    return f"entry {two.event_id}: its leaf 4 was made of another record"


def duplicate_a_checkpoint(log: SealedLog) -> str:
    """The last one once more, as if another seven had been sealed."""
    with as_owner("audit_checkpoint"):
        run(
            "insert into audit_checkpoint (size, root, note, frontier, cluster, epoch, at)"
            " select 16, root, note, frontier, cluster, epoch, at from audit_checkpoint where size = 9"
        )
    return "000000000016.note: it is a checkpoint of 9 leaves"


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


def fork_the_tree_with_the_key(log: SealedLog) -> str:
    """The thief of the key rewrites and signs anew; whoever kept the older checkpoint is not taken in."""
    number = event_of("Ada")
    with as_owner("audit_event", "audit_leaf", "audit_checkpoint"):
        run("update audit_event set reason = 'forged' where number = %s", number)
        run(
            "update audit_event e set digest = audit_digest(salt, to_jsonb(e) - 'digest') where number = %s",
            number,
        )
        digest = bytes(Event.objects.get(number=number).digest or b"")
        forged = leaf_hash(leaf_data(number, digest, versions_written(number, number)[number]))
        run("update audit_leaf set hash = %s where event_id = %s", forged, number)
        frontier = Frontier()
        for leaf in Leaf.objects.order_by("index"):
            frontier.append(bytes(leaf.hash))
            if frontier.size in (3, 9):
                before = 0 if frontier.size == 3 else 3
                note = log.signer.sign(Statement(log.signer.name, frontier.size, frontier.root(), before))
                run(
                    "update audit_checkpoint set note = %s, root = %s where size = %s",
                    note,
                    frontier.root(),
                    frontier.size,
                )
    return "leaves 0 to 2: the checkpoint of 3 leaves was signed over others"


def change_the_payload_only_of_an_event(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("update audit_event set digest = sha256('x') where number = %s", number)
    return f"entry {number}: its record does not match its digest"


def change_the_payload_only_of_a_version(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner(VERSIONS):
        run(f"update {VERSIONS} set version_digest = sha256('x') where event_id = %s", number)
    return f"entry {number}: version .* in {VERSIONS}: its record does not match its digest"


def erase_an_event(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run(
            "update audit_event set reason = '[redacted]', target_label = '[redacted]' where number = %s",
            number,
        )
    return f"entry {number}: its record does not match its digest"


def erase_the_row_only(log: SealedLog) -> str:
    with as_owner(ROWS):
        run(f"update {ROWS} set name = '[redacted]' where name = 'Ben'")
    return f"row .* of {ROWS}: it differs from its newest version"


def delete_the_newest_row(log: SealedLog) -> str:
    dora = add_person(actor=WRITER, name="Edna")
    with as_owner(ROWS):
        run(f"delete from {ROWS} where id = %s", dora.pk)
    return f"row {dora.pk} of {ROWS}: its newest version says that it exists"


def delete_the_newest_version(log: SealedLog) -> str:
    seal_now(log.signer)
    number = event_of("Dora")
    with as_owner(VERSIONS, ROWS):
        run(f"delete from {VERSIONS} where event_id = %s", number)
        run(f"delete from {ROWS} where name = 'Dora'")
    return f"entry {number}: its leaf .* was made of another record or other versions"


def delete_the_newest_leaf(log: SealedLog) -> str:
    """The entry stays, and looks as if it had not been sealed."""
    last = Leaf.objects.order_by("-index")[0]
    with as_owner("audit_leaf"):
        run("delete from audit_leaf where index = %s", last.index)
    return f"entry {last.event_id}: its transaction .* was sealed without it|leaf 8: it is missing"


KINDS = ("event", "version", "row", "leaf", "checkpoint", "key")
WAYS = (
    "edit a field",
    "null the actor",
    "delete from the middle",
    "delete the tail",
    "insert",
    "swap",
    "duplicate",
    "backdate",
    "replay an old checkpoint",
    "sign with another key",
    "fork the tree",
    "payload but not row",
    "row but not payload",
    "live row only",
    "erase without a redaction",
)
NO_ACTOR = "it names nobody"
NO_TIME = "its time is shown and not proved; the entries under it bear proved ones"
NO_PAYLOAD = "it is its own payload"
NOT_SIGNED = "it is not signed by itself"
CHECKPOINTS_ONLY = "this is done with checkpoints"
NOTHING_PRIVATE = "there is nothing in it to erase"
NO_FORK = "the tree is made of leaves; forks are made through records and checkpoints"

# kind → one cell per way, in their order: what is done, or why there is no such thing.
MATRIX: dict[str, tuple[Callable[[SealedLog], str] | str, ...]] = {
    "event": (
        edit_an_event,
        null_the_actor,
        delete_from_the_middle,
        delete_the_tail,
        insert_an_entry,
        swap_two_events,
        duplicate_an_event,
        backdate,
        CHECKPOINTS_ONLY,
        NOT_SIGNED,
        fork_the_tree,
        change_the_payload_only_of_an_event,
        edit_an_event,
        "an event has no live row",
        erase_an_event,
    ),
    "version": (
        edit_a_field,
        null_the_actor_of_a_version,
        delete_a_version_from_the_middle,
        delete_the_newest_version,
        insert_a_version,
        swap_two_versions,
        duplicate_a_version,
        backdate_a_version,
        CHECKPOINTS_ONLY,
        NOT_SIGNED,
        fork_the_tree_from_a_version,
        change_the_payload_only_of_a_version,
        edit_a_field,
        edit_a_field_and_its_digest,
        erase_without_a_redaction,
    ),
    "row": (
        change_the_live_row_only,
        NO_ACTOR,
        delete_the_live_row_only,
        delete_the_newest_row,
        insert_a_live_row_only,
        swap_two_rows,
        duplicate_a_row,
        "it bears no time of its own",
        CHECKPOINTS_ONLY,
        NOT_SIGNED,
        NO_FORK,
        "its payload is its newest version",
        change_the_live_row_only,
        change_the_live_row_only,
        erase_the_row_only,
    ),
    "leaf": (
        change_the_leaf_only,
        NO_ACTOR,
        delete_a_leaf_from_the_middle,
        delete_the_newest_leaf,
        insert_a_leaf,
        swap_two,
        duplicate_a_leaf,
        "it bears no time",
        CHECKPOINTS_ONLY,
        NOT_SIGNED,
        NO_FORK,
        NO_PAYLOAD,
        NO_PAYLOAD,
        "a leaf has no live row",
        NOTHING_PRIVATE,
    ),
    "checkpoint": (
        edit_a_checkpoint,
        NO_ACTOR,
        delete_a_checkpoint_from_the_middle,
        delete_the_last_checkpoint,
        insert_a_checkpoint,
        swap_two_checkpoints,
        duplicate_a_checkpoint,
        NO_TIME,
        replay_an_old_checkpoint,
        sign_with_another_key,
        fork_the_tree_with_the_key,
        NO_PAYLOAD,
        NO_PAYLOAD,
        "a checkpoint has no live row",
        NOTHING_PRIVATE,
    ),
    "key": (
        edit_a_key,
        NO_ACTOR,
        delete_a_key_from_the_middle,
        delete_the_last_key,
        insert_a_key_signed_by_a_stolen_one,
        swap_two_keys,
        duplicate_a_key,
        NO_TIME,
        CHECKPOINTS_ONLY,
        put_another_key_in_its_place,
        "a key is no part of the tree",
        NO_PAYLOAD,
        NO_PAYLOAD,
        "a key has no live row",
        NOTHING_PRIVATE,
    ),
}
BESIDES = (
    delete_a_version_and_put_the_row_back,
    move_a_version_to_another_entry,
    delete_a_key_that_signed_nothing_yet,
)
