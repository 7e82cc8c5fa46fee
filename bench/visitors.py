"""Somebody of the installation, signed in."""

from django.test import Client

from accounts.models import Person
from config import demo


def client_of(part: str) -> Client:
    """A browser of somebody of the demonstration."""
    return signed_in(demo.person(part))


def signed_in(person: Person) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    assert person.user is not None, "this person signs in"
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
