"""Somebody of the demonstration, signed in."""

from django.test import Client

from config import demo


def client_of(part: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    user = demo.person(part).user
    assert user is not None, "people of the demonstration sign in"
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
