"""How entries would be tampered with."""

from accounts.models import Person
from audit.evidence import leaf_data
from audit.merkle import leaf_hash
from audit.models import Event, Leaf
from audit.sealing import versions_written
from tests.audit.log import VERSIONS, SealedLog, as_owner, run


def event_of(name: str) -> int:
    """The entry that wrote the first version bearing this name."""
    return int(Person.history.filter(name=name).earliest().event_id)


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


def delete_the_tail(log: SealedLog) -> str:
    last = Leaf.objects.order_by("-index")[0]
    with as_owner("audit_event", "audit_leaf"):
        run("delete from audit_leaf where index = %s", last.index)
        run("delete from audit_event where number = %s", last.event_id)
    return f"leaf {last.index}: it is missing"


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


def backdate(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("update audit_event set at = at - interval '1 day' where number = %s", number)
    return f"entry {number}: its record does not match its digest"


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


def edit_an_event(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("update audit_event set reason = 'because' where number = %s", number)
    return f"entry {number}: its record does not match its digest"


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


def duplicate_an_event(log: SealedLog) -> str:
    """Its very content and transaction under a new number, with a digest that fits."""
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("create temp table copy as select * from audit_event where number = %s", number)
        run("update copy set number = 900000000, caused_by_id = null")
        run("update copy e set digest = audit_digest(salt, to_jsonb(e) - 'digest')")
        run("insert into audit_event select * from copy")
    return "entry 900000000: its transaction .* was sealed without it"


def change_the_payload_only_of_an_event(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run("update audit_event set digest = sha256('x') where number = %s", number)
    return f"entry {number}: its record does not match its digest"


def erase_an_event(log: SealedLog) -> str:
    number = event_of("Ben")
    with as_owner("audit_event"):
        run(
            "update audit_event set reason = '[redacted]', target_label = '[redacted]' where number = %s",
            number,
        )
    return f"entry {number}: its record does not match its digest"
