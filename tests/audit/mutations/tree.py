"""How leaves, checkpoints and the tree they make would be tampered with."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.evidence import leaf_data
from audit.merkle import Frontier, leaf_hash
from audit.models import Checkpoint, Event, Leaf
from audit.notes import Checkpoint as Statement
from audit.sealing import versions_written
from audit.signing import Signer
from tests.audit.log import SealedLog, as_owner, run
from tests.audit.mutations.events import event_of


def delete_the_last_checkpoint(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("delete from audit_checkpoint where size > 3")
    return "it claims leaf 3; the last checkpoint has 3 leaves"


def swap_two(log: SealedLog) -> str:
    one, two = Leaf.objects.get(index=2), Leaf.objects.get(index=4)
    with as_owner("audit_leaf"):
        for number, index in ((-1, 2), (one.event_id, 4), (two.event_id, 2)):
            run("update audit_leaf set event_id = %s where index = %s", number, index)
    return f"entry {two.event_id}: its leaf 2 was made of another record"


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


def change_the_leaf_only(log: SealedLog) -> str:
    with as_owner("audit_leaf"):
        run("update audit_leaf set hash = sha256('x') where index = 3")
    return "its leaf 3 was made of another record"


def edit_a_checkpoint(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("update audit_checkpoint set note = replace(note, E'\\n9\\n', E'\\n8\\n') where size = 9")
    return "000000000009.note: No known key signed the checkpoint of size 8"


def delete_a_leaf_from_the_middle(log: SealedLog) -> str:
    with as_owner("audit_leaf"):
        run("delete from audit_leaf where index = 4")
    return "claims leaf 5 where leaf 4 belongs"


def delete_a_checkpoint_from_the_middle(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("delete from audit_checkpoint where size = 3")
    return "000000000003.note: it is missing; that of 9 leaves follows it"


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


def swap_two_checkpoints(log: SealedLog) -> str:
    with as_owner("audit_checkpoint"):
        run("update audit_checkpoint c set note = o.note from audit_checkpoint o where o.size <> c.size")
    return "000000000003.note: it is a checkpoint of 9 leaves"


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


def delete_the_newest_leaf(log: SealedLog) -> str:
    """The entry stays, and looks as if it had not been sealed."""
    last = Leaf.objects.order_by("-index")[0]
    with as_owner("audit_leaf"):
        run("delete from audit_leaf where index = %s", last.index)
    return f"entry {last.event_id}: its transaction .* was sealed without it|leaf 8: it is missing"
