"""Wrong owners of redactions."""

from uuid import UUID

from audit import redactions
from tests.cast import Cast
from tests.security.wrong_owners import Made, WrongOwner, also


def _own_redaction(cast: Cast) -> Made:
    """Who proposed it holds every role that could confirm it."""
    also(cast, "steward", "secretary")
    return {"redaction_id": _proposed(cast, cast.person("outsider").pk)}, cast.person("steward")


def _hidden_redaction(cast: Cast) -> Made:
    """A board member may confirm, but is not shown people's records."""
    return {"redaction_id": _proposed(cast, cast.person("outsider").pk)}, cast.person("chair")


def _proposed(cast: Cast, person_id: UUID) -> UUID:
    return redactions.propose_redaction(
        actor=cast.steward,
        record_type="accounts.Person",
        row_id=person_id,
        columns=["affiliation"],
        reason="privacy",
        explanation="They asked for it.",
    ).pk


TABLE = [
    WrongOwner(
        "who proposed it",
        "audit:redaction-confirm",
        403,
        _own_redaction,
        data=lambda cast, kwargs: {"certain": "on"},
    ),
    WrongOwner(
        "who cannot see the record",
        "audit:redaction-confirm",
        403,
        _hidden_redaction,
        data=lambda cast, kwargs: {"certain": "on"},
    ),
]
