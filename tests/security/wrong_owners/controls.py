"""Wrong owners of control tests and findings."""

from accounts.models import RoleGrant
from tests.cast import Cast
from tests.factories import controls as make_control
from tests.security.permissions import controls as of_controls
from tests.security.wrong_owners import Made, WrongOwner, also


def auditor_whose_own_role_is_in_the_sample(cast: Cast) -> Made:
    test = make_control.drawn(cast, wanted=0)
    own = RoleGrant.objects.get(person=cast.person("auditor"))
    item = test.items.get(record_id=own.pk)
    return {"test_id": test.pk, "rank": item.rank}, cast.person("auditor")


def auditor_who_raised_it_and_is_steward_too(cast: Cast) -> Made:
    finding = make_control.raised(cast)
    return {"finding_id": finding.pk}, also(cast, "auditor", "steward")


def auditor_who_answered_it_as_steward(cast: Cast) -> Made:
    finding = make_control.answered(cast)
    return {"finding_id": finding.pk}, also(cast, "steward", "auditor")


def auditor_who_owns_it(cast: Cast) -> Made:
    finding = make_control.answered(cast)
    return {"finding_id": finding.pk}, also(cast, "archivist", "auditor")


TABLE = [
    WrongOwner(
        "an auditor who had part in the record",
        "controls:item-judge",
        403,
        auditor_whose_own_role_is_in_the_sample,
        lambda cast, kwargs: {"result": "pass"},
    ),
    WrongOwner(
        "the auditor who raised it, a steward too",
        "controls:finding-answer",
        403,
        auditor_who_raised_it_and_is_steward_too,
        of_controls.an_answer,
    ),
    WrongOwner(
        "a steward who answered it, an auditor too",
        "controls:finding-close",
        403,
        auditor_who_answered_it_as_steward,
        of_controls.what_is_missing,
    ),
    WrongOwner(
        "its owner, an auditor too",
        "controls:finding-send-back",
        403,
        auditor_who_owns_it,
        of_controls.what_is_missing,
    ),
]
