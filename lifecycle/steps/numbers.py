"""Numbers from the database's sequences: unique under any concurrency, sometimes with a gap."""

from typing import Literal

from django.db import connection

from audit.commands import in_command

Numbered = Literal["case", "fact", "commitment", "stage_change", "import_run", "suspension"]


def next_numbers(what: Numbered, count: int = 1) -> list[int]:
    """The next `count` numbers, ascending."""
    in_command()
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(%s::regclass) from generate_series(1, %s)", [f"lifecycle_{what}_number", count]
        )
        return sorted(int(number) for (number,) in cursor.fetchall())


def next_number(what: Numbered) -> int:
    """The next number."""
    return next_numbers(what)[0]
