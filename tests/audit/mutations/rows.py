"""How live rows would be tampered with."""

from tests.audit.log import VERSIONS, WRITER, SealedLog, add_person, as_owner, run
from tests.audit.mutations.events import event_of

ROWS = "accounts_person"


def delete_a_version_and_put_the_row_back(log: SealedLog) -> str:
    number = event_of("Ada Lovelace")
    with as_owner(VERSIONS, "accounts_person"):
        run(f"delete from {VERSIONS} where event_id = %s", number)
        run("update accounts_person set name = 'Ada L.' where name = 'Ada Lovelace'")
    return f"entry {number}: its leaf .* was made of another record or other versions"


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


def swap_two_rows(log: SealedLog) -> str:
    with as_owner(ROWS):
        run(
            f"update {ROWS} set name = case name when 'Ben' then 'Ada Lovelace' else 'Ben' end"
            " where name in ('Ben', 'Ada Lovelace')"
        )
    return f"row .* of {ROWS}: it differs from its newest version"


def duplicate_a_row(log: SealedLog) -> str:
    with as_owner(ROWS):
        run(
            f"insert into {ROWS} (id, name, affiliation, active) select gen_random_uuid(), name, affiliation, active"
            f" from {ROWS} where name = 'Ben'"
        )
    return f"row .* of {ROWS}: no version says that it exists"


def erase_the_row_only(log: SealedLog) -> str:
    with as_owner(ROWS):
        run(f"update {ROWS} set name = '[redacted]' where name = 'Ben'")
    return f"row .* of {ROWS}: it differs from its newest version"


def delete_the_newest_row(log: SealedLog) -> str:
    dora = add_person(actor=WRITER, name="Edna")
    with as_owner(ROWS):
        run(f"delete from {ROWS} where id = %s", dora.pk)
    return f"row {dora.pk} of {ROWS}: its newest version says that it exists"
