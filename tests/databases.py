"""Databases of their own for tests that must really commit. `transaction=True` is forbidden: it truncates."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from django.db import connections
from psycopg import sql

_numbers = itertools.count(1)


def _execute(statement: str, *names: str) -> None:
    """Run a statement that names databases, from the maintenance database."""
    given = connections["default"].settings_dict
    with psycopg.connect(
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _drop(name: str) -> None:
    _execute("drop database if exists {} with (force)", name)


@contextmanager
def template_database() -> Iterator[str]:
    """Clone the test database once; the clone is only ever copied from."""
    source = connections["default"].settings_dict["NAME"]
    name = f"{source}_template"
    connections["default"].close()
    _drop(name)
    _execute("create database {} template {} strategy wal_log", name, source)
    try:
        yield name
    finally:
        _drop(name)


@contextmanager
def fresh_database(template: str) -> Iterator[str]:
    """A clone of the template, with Django's connection pointed at it. Yields its URL."""
    given = connections["default"].settings_dict
    usual = given["NAME"]
    name = f"{usual}_{next(_numbers)}"
    connections.close_all()
    _drop(name)
    _execute("create database {} template {} strategy wal_log", name, template)
    given["NAME"] = name
    try:
        yield _url(name)
    finally:
        connections.close_all()
        given["NAME"] = usual
        _drop(name)


def _url(name: str) -> str:
    given = connections["default"].settings_dict
    credentials = quote(str(given["USER"]), safe="")
    if given["PASSWORD"]:
        credentials += ":" + quote(str(given["PASSWORD"]), safe="")
    host = quote(str(given["HOST"]), safe="")
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgres://{credentials}@{host}{port}/{name}"
