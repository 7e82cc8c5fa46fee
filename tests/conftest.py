"""What every test may use: the cast, signed-in clients, fresh databases; and what none may do: reach the net."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.utils import override_settings, setup_databases, teardown_databases

from tests.cast import Cast, admit_cast
from tests.databases import beside, cloned_database, fresh_database, pointed_at, template_database
from tests.whole import SETTINGS

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def _no_socket_leaves_this_machine() -> Iterator[None]:
    """Fail any test that opens a connection to another host."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address!r}")
        return connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _settings_of_tests(settings: Any) -> None:
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    cache.clear()  # tries at the door are counted there


@pytest.fixture(scope="session")
def _cast_at_home(
    _template_database: str, django_db_blocker: Any
) -> Iterator[tuple[Cast, BaseDatabaseWrapper]]:
    """The cast, admitted once in a database of its own where it was really committed; and the connection to that."""
    with cloned_database(_template_database) as name, beside(name) as connection:
        with django_db_blocker.unblock(), pointed_at(connection), override_settings(**SETTINGS):
            admitted = admit_cast()
        yield admitted, connection


@pytest.fixture
def _django_db_helper(_whereabouts: None, _django_db_helper: None) -> None:
    """What pytest-django opens a test's transaction with, after the database of the test was chosen."""


@pytest.fixture
def _whereabouts(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[None]:
    """The database of a test: that of the cast when it asks for the cast, else one without anybody."""
    if "cast" not in request.fixturenames or "fresh_db" in request.fixturenames:
        yield
        return
    with pointed_at(request.getfixturevalue("_cast_at_home")[1]):
        yield


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> Cast:
    """One person per role, and an outsider without any. They came before the test: what it changes is undone."""
    admitted, connection = request.getfixturevalue("_cast_at_home")
    assert connections["default"] is connection, "name `cast` among the fixtures of a test, not while it runs"
    return admitted.again()


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """A test client signed in as somebody of the cast."""

    def client_of(role: str) -> Client:
        client = Client()
        client.force_login(
            cast.person(role).user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return client_of


@pytest.fixture(scope="session")
def _test_database(
    django_db_setup: None, django_db_blocker: Any, django_db_keepdb: bool, django_db_createdb: bool
) -> Iterator[None]:
    """The migrated test database, also when every test that was collected wants only a fresh one.

    pytest-django makes it only when some test asks for `db`; a template would then be a copy of what is in use.
    """
    if connections["default"].settings_dict["NAME"].startswith("test_"):
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(
            0, False, aliases={"default"}, keepdb=django_db_keepdb and not django_db_createdb
        )
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, 0)


@pytest.fixture(scope="session")
def _template_database(_test_database: None) -> Iterator[str]:
    """A copy of the migrated test database that nobody connects to."""
    with template_database() as name:
        yield name


@pytest.fixture
def _origin(_template_database: str) -> str:
    """What a fresh database is a copy of: tables without rows."""
    return _template_database


@pytest.fixture
def fresh_db(_origin: str, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own in which commits are real; its URL. For workers, concurrency, live servers.

    With it goes an empty queue: commits before this one left wake-ups there, for rows of other databases, and a
    worker would first have to find out of each that there is no such row here.
    """
    current_app.control.purge()
    with django_db_blocker.unblock(), fresh_database(_origin) as url:
        yield url
