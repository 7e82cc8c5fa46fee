"""A real server on a port of its own, over a database that really commits, and a real browser in front of it."""

import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from accounts.models import Person
from config.local.browser import executable
from tests.cast import admit_cast
from tests.databases import beside, cloned_database, pointed_at, url_of
from tests.factories.house import House, furnish
from tests.journeys.installation import Installation, running_installation
from tests.whole import SETTINGS

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once."""
    # Playwright runs a loop in this thread; Django would take our synchronous queries for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def installation(_template_database: str) -> Iterator[Installation]:
    """All of the product's processes over a database of their own, with the demonstration's records."""
    with cloned_database(_template_database) as name, running_installation(url_of(name)) as started:
        yield started


@pytest.fixture(scope="session")
def _furnished(_template_database: str, django_db_blocker: Any) -> Iterator[tuple[str, House]]:
    """A lived-in installation, made once in a database that is only copied from; its name, and what stands in it."""
    with cloned_database(_template_database) as name:
        # Whoever is connected to it keeps it from being copied.
        with (
            django_db_blocker.unblock(),
            beside(name) as there,
            pointed_at(there),
            override_settings(**SETTINGS),
        ):
            house = furnish(admit_cast())
        yield name, house


@pytest.fixture
def _origin(request: pytest.FixtureRequest, _template_database: str) -> str:
    """A fresh database is lived in when the test asks for `house`."""
    if "house" not in request.fixturenames:
        return _template_database
    return str(request.getfixturevalue("_furnished")[0])


@pytest.fixture
def address(fresh_db: str, settings: Any) -> Iterator[str]:
    """Where the product answers: "http://127.0.0.1:<port>"."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    server = LiveServerThread("127.0.0.1", _StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def house(address: str, _furnished: tuple[str, House]) -> House:
    """A lived-in installation."""
    made = _furnished[1]
    return replace(made, cast=made.cast.again(), open_ballot=deepcopy(made.open_ballot))


@pytest.fixture
def visitor(browser: Browser, address: str, house: House) -> Iterator[Callable[..., BrowserContext]]:
    """`visitor("member", width=360, theme="dark")`: a browser window, signed in unless the role is "nobody"."""
    windows: list[BrowserContext] = []

    def window(role: str = "nobody", **look: Any) -> BrowserContext:
        person = house.cast.person(role) if role != "nobody" else None
        context = signed_in_window(browser, address, person, **look)
        windows.append(context)
        return context

    yield window
    for context in windows:
        context.close()


def signed_in_window(
    browser: Browser,
    address: str,
    person: Person | None,
    *,
    width: int = 1280,
    theme: str = "light",
    **options: Any,
) -> BrowserContext:
    """A window of somebody's own; of nobody when `person` is None."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme=theme,  # type: ignore[arg-type]
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(15_000)
    if person is not None:
        context.add_cookies([{"name": "session", "value": _session(person), "url": address}])
    return context


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return str(client.cookies["session"].value)
