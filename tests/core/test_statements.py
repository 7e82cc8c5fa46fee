"""A statement is prepared once on a connection, forgotten when others came, and says what its SQL says."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import statements
from core.statements import Place, Statement


def ask(statement: Statement, **given: object) -> list[tuple[object, ...]]:
    sql = statement.on_this_connection()
    with connection.cursor() as cursor:
        cursor.execute(sql, [given[name] for name in statement.places])
        return cursor.fetchall()


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements where name like 'written_%'")
        return int(cursor.fetchone()[0])


def test_it_gives_what_its_sql_gives(db: None) -> None:
    statement = Statement(
        "select %s, %s, 7 %% 4, day from unnest(%s) as days (day) where day > %s and day < %s and %s",
        (
            "it's 100 %s",
            False,
            [date(2026, 1, day) for day in range(1, 10)],
            Place("after"),
            Place("before"),
            True,
        ),
    )
    found = ask(statement, after=date(2026, 1, 3), before=date(2026, 1, 6))
    assert found == [("it's 100 %s", False, 3, date(2026, 1, day)) for day in (4, 5)]
    assert ask(statement, after=date(2026, 1, 8), before=date(2026, 2, 1))[0][3] == date(2026, 1, 9)


def test_a_value_can_do_no_more_than_be_compared(db: None) -> None:
    statement = Statement(
        "select name from (values ('a'), ('b')) as names (name) where name = %s", (Place("name"),)
    )
    assert ask(statement, name="a") == [("a",)]
    assert ask(statement, name="a') or ('1' = '1") == []


def test_it_is_prepared_once_and_no_query_of_the_page(db: None) -> None:
    statement = Statement("select %s::int + %s", (Place("one"), 41))
    with CaptureQueriesContext(connection) as captured:
        assert [ask(statement, one=one)[0][0] for one in (1, 2)] == [42, 43]
    assert len(captured) == 2
    before = prepared()
    Statement("select %s::int + %s", (Place("one"), 41)).on_this_connection()
    assert prepared() == before


def test_it_outlives_a_transaction_that_is_undone(db: None) -> None:
    statement = Statement("select %s::int + %s", (Place("one"), 42))
    with transaction.atomic():
        assert ask(statement, one=1) == [(43,)]
        transaction.set_rollback(True)
    assert ask(statement, one=1) == [(43,)]


def test_the_one_not_used_longest_is_forgotten(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "KEPT", 3)
    made = [Statement("select %s::int", (number,)) for number in range(5)]
    for statement in made:
        ask(made[0])
        ask(statement)
    assert prepared() == 3
    assert [ask(statement) for statement in made] == [[(number,)] for number in range(5)]


def test_what_is_wrong_is_said_as_django_says_it_and_not_remembered(db: None) -> None:
    statement = Statement("select nothing_like_it", ())
    for _ in range(2):
        with pytest.raises(ProgrammingError, match="nothing_like_it"), transaction.atomic():
            statement.on_this_connection()


def test_another_day_is_another_statement(db: None) -> None:
    today = date(2026, 1, 1)
    first, second = (Statement("select %s::date", (day,)) for day in (today, today + timedelta(days=1)))
    assert ask(first) != ask(second)
