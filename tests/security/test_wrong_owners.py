"""Holding the role is not enough: the wrong person of the right role is refused with a sentence; nothing is done."""

import importlib
import pkgutil

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from tests.cast import Cast
from tests.security import wrong_owners
from tests.security.wrong_owners import WrongOwner

ROWS: list[WrongOwner] = [
    row
    for info in pkgutil.iter_modules(wrong_owners.__path__)
    for row in importlib.import_module(f"{wrong_owners.__name__}.{info.name}").TABLE
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.who}: {row.method} {row.name}".replace(" ", "-"))
def test_the_right_role_of_another_record_is_refused(row: WrongOwner, cast: Cast) -> None:
    kwargs, person = row.make(cast)
    url = reverse(row.name, kwargs=kwargs)
    data = row.data(cast, kwargs)
    client = Client()
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    done = Event.objects.filter(outcome=Event.Outcome.DONE).count()
    response = getattr(client, row.method.lower())(url, data)
    assert response.status_code == row.status
    page = response.content.decode()
    assert "<h1" in page
    assert 'class="sentence"' in page or "refusal" in page
    assert Event.objects.filter(outcome=Event.Outcome.DONE).count() == done
