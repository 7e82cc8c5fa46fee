"""A person as an actor: everything they hold, at one instant."""

from accounts import commands
from accounts.actors import actor_of, actor_of_user
from tests.cast import Cast


def test_somebody_with_several_roles_acts_with_all_of_them(cast: Cast) -> None:
    person = cast.person("interviewer")
    for role in ("coder", "board_member"):
        commands.grant_role(actor=cast.steward, person_id=person.pk, role=role)
    everything = {"interviewer", "coder", "board_member"}
    assert actor_of(person).roles == everything
    signed_in = actor_of_user(person.user_id)
    assert signed_in is not None
    assert signed_in.roles == everything
