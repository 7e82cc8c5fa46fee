"""What no form of ours would send: every page answers it with a sentence, and none breaks."""

import inspect
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from tests.cast import Cast
from tests.scrape import forms_of
from tests.security.permissions import NOBODY, Row
from tests.security.test_permissions import ROWS, patterns

NUL = "before\x00after"
ODD_CURSORS = (
    "junk", "<", ">", "<\x00", "<" + "9" * 40, "<-1", "<2026-13-45", "<2026-01-01", ">2026-01-01T00:00", "<ünï", "\x00",
)  # fmt: skip
ODD_VALUES = (
    NUL,
    "x" * 5000,
    "-1",
    "9" * 40,
    str(uuid4()),
    "\u0663",
    "\u202e\u062a\u0642\u202c",
    "2026-13-45",
)
INVALID_UTF8 = b"%FF%FE%00%C3"
#: What can be typed, and is: other scripts, marks that combine, more than a name usually has.
UNUSUAL = (
    "\u0645\u0631\u062d\u0628\u0627 \u202eabc",
    "Za" + "\u0301\u0338\u0327" * 80,
    "W" * 300,
    "\U0001f600" * 40,
    "<script>alert(1)</script>",
    "' or 1=1 --",
    "%s {0} {{ x }}",
)

GETS = [row for row in ROWS if row.method == "GET" and 200 in row.expect.values()]
FORMS = [row for row in ROWS if row.method == "POST" and {303, 409, 422} & set(row.expect.values())]
READ_AS_THE_FIRST_PAGE = {urlencode({"cursor": cursor}) for cursor in ODD_CURSORS if "\0" not in cursor}


def _arguments(name: str) -> list[str]:
    """The names of the arguments an address takes."""
    return next(list(pattern.pattern.converters) for known, pattern in patterns() if known == name)


def _takes_a_uuid(name: str) -> bool:
    found = next(pattern.pattern.converters for known, pattern in patterns() if known == name)
    return bool(found) and all(type(converter).__name__ == "UUIDConverter" for converter in found.values())


ABOUT_A_RECORD = {row.name: row for row in GETS if _takes_a_uuid(row.name)}


def name_of(row: Row) -> str:
    return f"{row.method}-{row.name}"


def visitor(row: Row, signed_in: Callable[[str], Client]) -> Client:
    """Somebody who gets furthest with it: a person of the cast before a stranger."""
    for status in (303, 200, 422, 409):
        for role, expected in row.expect.items():
            if expected == status:
                return Client() if role == NOBODY else signed_in(role)
    raise AssertionError(f"nobody gets anywhere with {row.name}")


def asked_for(url: str, html: str) -> set[str]:
    """The names a page reads from the query string: in its source, and in the filters it shows."""
    view = inspect.unwrap(resolve(url).func)
    source = inspect.getsource(inspect.getmodule(view) or view)
    named = set(re.findall(r"request\.GET\.get\(\s*\"(\w+)\"", source))
    return named.union({"cursor"}, *(form.kinds for form in forms_of(html) if form.method == "GET"))


@pytest.mark.parametrize("row", GETS, ids=name_of)
def test_no_query_string_breaks_a_page_and_no_odd_method_opens_it(
    row: Row, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    url = reverse(row.name, kwargs=row.make(cast))
    client = visitor(row, signed_in)
    plain = client.get(url)
    names = asked_for(url, plain.content.decode()) if plain["Content-Type"].startswith("text/html") else set()
    odd = {}
    for query in (
        *(urlencode(dict.fromkeys(names, value)) for value in ODD_VALUES),
        *(urlencode({name: NUL}) for name in names - {"cursor"}),
        *(urlencode({"cursor": cursor}) for cursor in ODD_CURSORS),
        "&".join(f"{name}={INVALID_UTF8.decode()}" for name in sorted(names)),
        "x=" + "y" * 7000,
    ):
        response = client.get(f"{url}?{query}")
        accepted = (200,) if query in READ_AS_THE_FIRST_PAGE else (200, 302, 404, 422)
        if response.status_code not in accepted:
            odd[query[:80]] = response.status_code
    assert odd == {}
    statuses = {
        method: getattr(client, method)(url).status_code for method in ("head", "put", "patch", "delete")
    }
    assert statuses == {"head": 200, "put": 405, "patch": 405, "delete": 405}


@pytest.mark.parametrize("row", FORMS, ids=name_of)
def test_no_form_breaks_on_what_is_typed(row: Row, cast: Cast, signed_in: Callable[[str], Client]) -> None:
    kwargs = row.make(cast)
    url = reverse(row.name, kwargs=kwargs)
    meant = {str(key): str(value) for key, value in row.data(cast, kwargs).items()}
    client = visitor(row, signed_in)
    fields, typed = fields_of(client, url, meant)
    wrong: dict[str, Any] = {}

    def sent(what: str, data: Any, *accepted: int, **options: Any) -> HttpResponse:
        response = _undone(lambda: client.post(url, data, **options))
        if response.status_code not in accepted:
            wrong[what] = response.status_code
        return response

    usual = (303, 409, 422)
    if typed:
        response = sent("NUL", {**fields, **dict.fromkeys(typed, NUL)}, 422)
        said = response.content.decode()
        if said.count("cannot be kept") < len(typed):
            wrong["sentences about NUL"] = said.count("cannot be kept")
    for unusual in UNUSUAL:
        sent(unusual[:20], {**fields, **dict.fromkeys(typed, unusual)}, *usual)
        for name in typed:
            sent(f"{name}={unusual[:20]}", {**fields, name: unusual}, *usual)
    for value in (NUL, "9" * 40, str(uuid4())):
        sent(f"chosen={value[:20]}", {**fields, **dict.fromkeys(set(fields) - typed, value)}, *usual)
    raw = b"&".join(name.encode() + b"=" + INVALID_UTF8 for name in fields)
    sent("nothing", {}, *usual)
    sent("invalid UTF-8", raw, *usual, content_type="application/x-www-form-urlencoded")
    sent("not a form", b"{", *usual, 400, content_type="application/json")
    assert wrong == {}


@pytest.mark.parametrize("name", sorted(ABOUT_A_RECORD))
def test_a_record_that_does_not_exist_is_not_here_for_anybody(
    name: str, signed_in: Callable[[str], Client]
) -> None:
    """Whoever may do it on another record is told that there is none; the rest are told nothing more."""
    row = ABOUT_A_RECORD[name]
    url = reverse(name, kwargs=dict.fromkeys(_arguments(name), uuid4()))
    client = visitor(row, signed_in)
    for response in (client.get(url), client.post(url, {})):
        assert response.status_code in ((404,) if response.request["REQUEST_METHOD"] == "GET" else (404, 405))
    assert "There is nothing at this address" in client.get(url).content.decode()


def fields_of(client: Client, url: str, meant: dict[str, str]) -> tuple[dict[str, str], set[str]]:
    """What the form at this address sends, filled in as the table does, and which fields are typed."""
    response = client.get(url)
    forms = [form for form in forms_of(response.content.decode()) if form.method == "POST"]
    here = [form for form in forms if form.action in ("", url)] or [
        form for form in forms if set(meant) <= set(form.kinds)
    ]
    fields = dict(meant)
    typed = set()
    for form in here[:1]:
        fields = {**form.values, **meant}
        typed = set(form.typed)
    fields.pop("csrfmiddlewaretoken", None)
    return fields, typed - {"csrfmiddlewaretoken"}


def _undone(act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do it and take it back, so that each try meets the same state."""
    before = transaction.savepoint()
    try:
        return act()
    finally:
        transaction.savepoint_rollback(before)
