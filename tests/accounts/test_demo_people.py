"""The demonstration's people can really sign in where second factors are required."""

import json
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client

from config import demo
from tests.accounts.codes import code_of, sign_in


@pytest.mark.django_db
def test_the_secret_printed_for_a_demo_person_is_enrolled_and_its_code_is_accepted(settings: Any) -> None:
    settings.LOCAL_MODEL_URL = ""
    out = StringIO()
    call_command("demo", "--json", stdout=out, stderr=StringIO())
    chair = next(one for one in json.loads(out.getvalue()) if one["role"] == "chair")
    settings.SECOND_FACTOR = "required"
    client = Client()
    sign_in(client, chair["email"], password=chair["password"])
    assert client.get("/desk/").status_code == 302
    client.post("/accounts/security/authenticate/", {"code": code_of(chair["totp_secret"])})
    assert client.get("/desk/").status_code == 200

    before = Authenticator.objects.count()
    demo.ensure_demo()
    assert Authenticator.objects.count() == before == len(demo.PEOPLE)
