"""Whose installation this is, once it was founded."""

from typing import Any

from accounts.models import THE_ORGANISATION, Organisation
from accounts.states import Profile, RollCall
from audit.testing import recorded
from core import clock
from tests.cast import Cast


def make_organisation(cast: Cast, **said: Any) -> Organisation:
    """An organisation founded by the steward and confirmed by the secretary, in one set-up event."""
    with recorded():
        row = Organisation(
            pk=said.pop("pk", THE_ORGANISATION),
            **{
                "name": "Harbour Library",
                "profile": Profile.SMALL_TEAM,
                "public_site": True,
                "roll_call": RollCall.AFFILIATIONS,
                "founded_at": clock.now(),
                "founded_by": cast.person("steward"),
                "confirmed_by": cast.person("secretary"),
                **said,
            },
        )
        row.save(force_insert=True)
    return row
