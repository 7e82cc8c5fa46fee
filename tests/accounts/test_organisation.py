"""Whose installation it is: before its founding, after it, and at what cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.queries import organisation
from accounts.states import Profile
from core.reading import one_reading
from tests.cast import Cast
from tests.factories.accounts import make_organisation


def test_before_the_founding_it_bears_the_name_of_the_settings_and_offers_everything(
    db: None, settings: Any
) -> None:
    settings.ORGANISATION_NAME = "Not founded yet"
    standing = organisation()
    assert standing.name == "Not founded yet"
    assert not standing.founded
    assert (standing.profile, standing.public_site, standing.roll_call) == ("lab", True, "names")


def test_after_it_the_record_says_who_it_is(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    made = make_organisation(cast)
    standing = organisation()
    assert (standing.name, standing.profile) == ("Harbour Library", Profile.SMALL_TEAM)
    assert standing.founded_at == made.founded_at
    assert b"Harbour Library" in signed_in("outsider").get("/desk/").content
    assert b"Harbour Library" in Client().get("/decisions/").content


def test_there_is_one_organisation_and_two_people_founded_it(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        make_organisation(cast, pk="7b0c2d5e-0000-4000-8000-000000000000")
    with pytest.raises(IntegrityError):
        make_organisation(cast, confirmed_by=cast.person("steward"))


def test_a_desk_page_reads_the_organisation_along_with_its_actor(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    make_organisation(cast)
    client = signed_in("outsider")
    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/")
    assert len([row for row in asked.captured_queries if "accounts_organisation" in row["sql"]]) == 1


def test_within_one_request_it_is_read_once_and_outside_anew(cast: Cast) -> None:
    make_organisation(cast)
    with CaptureQueriesContext(connection) as asked, one_reading():
        organisation()
        organisation()
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        organisation()
        organisation()
    assert len(asked) == 2
