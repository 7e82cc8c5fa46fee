"""Databases of their own for tests that must really commit. `transaction=True` is forbidden: it truncates."""

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
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
    """Drop a database with whoever is connected. A vacuum of the server's own in it is waited for, half a minute."""
    for patience in reversed(range(60)):
        try:
            return _execute("drop database if exists {} with (force)", name)
        except psycopg.errors.InsufficientPrivilege:
            if not patience:
                raise
            time.sleep(0.5)
    return None


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
def cloned_database(template: str) -> Iterator[str]:
    """A clone of the template that others connect to, not this process. Yields its name."""
    name = f"{template}_{next(_numbers)}"
    _drop(name)
    _execute("create database {} template {} strategy wal_log", name, template)
    try:
        yield name
    finally:
        _drop(name)


@contextmanager
def fresh_database(template: str) -> Iterator[str]:
    """A clone of the template, with Django's connection pointed at it. Yields its URL."""
    given = connections["default"].settings_dict
    usual = given["NAME"]
    connections.close_all()
    with cloned_database(template) as name:
        given["NAME"] = name
        try:
            yield url_of(name)
        finally:
            connections.close_all()
            given["NAME"] = usual


@contextmanager
def beside(name: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection of this thread to another database, for `pointed_at`; it stays open from test to test."""
    usual = connections["default"]
    other = type(usual)({**usual.settings_dict, "NAME": name}, "default")
    try:
        yield other
    finally:
        other.close()


@contextmanager
def pointed_at(other: BaseDatabaseWrapper) -> Iterator[None]:
    """Let Django use that connection meanwhile."""
    usual = connections["default"]
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = usual


def url_of(name: str) -> str:
    """The DATABASE_URL of a database on the server of the tests."""
    given = connections["default"].settings_dict
    credentials = quote(str(given["USER"]), safe="")
    if given["PASSWORD"]:
        credentials += ":" + quote(str(given["PASSWORD"]), safe="")
    host = quote(str(given["HOST"]), safe="")
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgres://{credentials}@{host}{port}/{name}"
