"""Founding an installation: proposed by one, confirmed by another, everything or nothing."""

import pytest
from django.db import IntegrityError

from accounts.actors import actor_of
from accounts.models import Organisation, Person, RoleGrant
from accounts.queries import organisation
from audit.models import Event
from audit.testing import recorded
from board.commands import founding
from board.founding import Founder
from board.models import Board, Founding, FoundingDraft, Seat, Terms
from core.errors import IllegalMove, NotAllowed, Unacceptable
from mail.models import Message
from tests.cast import Cast
from tests.factories.founding import (
    a_proposal,
    first_person,
    found_the_library,
    propose,
    propose_among,
    second_person,
)

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_kept_complete_or_not() -> None:
    ada = first_person()
    founding.save_founding_draft(actor=ada, proposal=a_proposal(organisation="Half a na"))
    assert FoundingDraft.objects.get().typed["organisation"] == "Half a na"
    before = Event.objects.count()
    founding.save_founding_draft(actor=ada, proposal=a_proposal(organisation="Half a na"))
    assert Event.objects.count() == before


def test_a_proposal_admits_the_second_person_and_nobody_else() -> None:
    proposed = propose()
    assert proposed.state == "proposed"
    assert {person.name for person in Person.objects.all()} == {"Ada", "Ben Okri"}
    assert second_person().roles == frozenset()
    assert "example.org" not in str(Founding.history.values_list("proposal", flat=True))


def test_an_incomplete_proposal_is_refused_and_says_what_is_missing() -> None:
    with pytest.raises(Unacceptable, match="Name the board"):
        founding.propose_founding(actor=first_person(), proposal=a_proposal(board=""))
    assert not Founding.objects.exists()


def test_confirming_does_everything_at_once() -> None:
    done = found_the_library()
    assert done.state == "confirmed"
    row = Organisation.objects.get()
    assert (row.name, row.profile, row.roll_call) == ("Harbour Library", "small_team", "affiliations")
    assert (row.founded_by.name, row.confirmed_by.name) == ("Ada Marsh", "Ben Okri")
    board = Board.objects.get()
    assert Terms.objects.filter(board=board).count() == 6
    seats = {seat.person.name: seat.role for seat in Seat.objects.filter(board=board)}
    assert seats == {
        "Ada Marsh": "chair",
        "Ben Okri": "secretary",
        "Cleo Dunn": "member",
        "Dora Finch": "member",
        "Emil Gray": "alternate",
    }
    assert str(Seat.objects.get(person__name="Cleo Dunn").ends_on) == "2030-12-31"
    assert not FoundingDraft.objects.exists()
    assert organisation().founded


def test_nobody_is_granted_their_own_role_and_the_first_person_keeps_only_what_was_proposed() -> None:
    found_the_library()
    ada = Person.objects.get(name="Ada Marsh")
    assert actor_of(ada).roles == {"steward", "board_member"}
    assert second_person().roles == {"secretary"}
    live = RoleGrant.objects.filter(revoked_at=None).exclude(granted_by=None)
    assert all(row.granted_by_id != row.person_id for row in live)
    assert RoleGrant.objects.get(person=ada, role="board_member").granted_by.name == "Ben Okri"


def test_the_timeline_has_one_event_per_thing_done() -> None:
    found_the_library()
    verbs = list(Event.objects.order_by("number").values_list("verb", flat=True))
    first = verbs.index("board.founding.confirmed")
    done = verbs[first:]
    assert done.count("accounts.person.admitted") == 3
    assert done.count("board.seat.taken") == 5
    assert done.count("board.terms.adopted") == 6
    assert done.count("accounts.organisation.founded") == done.count("board.board.founded") == 1
    assert Event.objects.get(verb="board.founding.confirmed").actor_name == "Ben Okri"


def test_the_proposer_never_confirms() -> None:
    proposed = propose()
    ada = actor_of(Person.objects.get(user__email="ada@example.org"))
    with pytest.raises(NotAllowed, match="somebody else confirms"):
        founding.confirm_founding(actor=ada, founding_id=proposed.pk)
    assert not Organisation.objects.exists()
    assert Event.objects.filter(verb="board.founding.confirmed", outcome="refused").exists()


def test_somebody_without_an_office_does_not_propose() -> None:
    propose()
    with pytest.raises(NotAllowed):
        founding.propose_founding(actor=second_person(), proposal=a_proposal())


def test_sent_back_with_a_reason_it_can_be_changed_and_proposed_anew() -> None:
    proposed = propose()
    ben = second_person()
    with pytest.raises(Unacceptable):
        founding.return_founding(actor=ben, founding_id=proposed.pk, reason=" ")
    founding.return_founding(actor=ben, founding_id=proposed.pk, reason="Dora is leaving.")
    with pytest.raises(IllegalMove):
        founding.confirm_founding(actor=ben, founding_id=proposed.pk)
    ada = actor_of(proposed.proposer)
    again = founding.propose_founding(
        actor=ada, proposal=a_proposal(organisation="Harbour Library & Archive")
    )
    founding.confirm_founding(actor=ben, founding_id=again.pk)
    assert Organisation.objects.get().name == "Harbour Library & Archive"


def test_while_it_waits_it_is_not_changed_under_the_reader() -> None:
    proposed = propose()
    ada = actor_of(proposed.proposer)
    with pytest.raises(IllegalMove, match="waits for its answer"):
        founding.save_founding_draft(actor=ada, proposal=a_proposal(organisation="Other"))
    draft = FoundingDraft.objects.get()
    draft.typed = a_proposal(people=(*a_proposal().people, Founder("Eve", "eve@example.org"))).as_data()
    draft.save()
    with pytest.raises(IllegalMove, match="not what stands here now"):
        founding.confirm_founding(actor=second_person(), founding_id=proposed.pk)


def test_an_installation_is_founded_once() -> None:
    done = found_the_library()
    with pytest.raises(IllegalMove, match="founded already"):
        founding.propose_founding(actor=actor_of(done.proposer), proposal=a_proposal())


def test_people_who_are_here_already_keep_their_sign_in(cast: Cast) -> None:
    proposed = propose_among(cast)
    before = Person.objects.count()
    founding.confirm_founding(actor=cast.secretary, founding_id=proposed.pk)
    assert Person.objects.count() == before
    assert Seat.objects.get(role="chair").person == cast.person("chair")


def test_the_database_holds_that_it_takes_two() -> None:
    proposed = propose()
    proposed.confirmer = proposed.proposer
    with pytest.raises(IntegrityError), recorded():
        proposed.save()


def test_everybody_new_is_sent_a_way_in() -> None:
    found_the_library()
    invited = Message.objects.filter(kind="accounts.person.admitted")
    assert {row.recipient.name for row in invited} == {"Ben Okri", "Cleo Dunn", "Dora Finch", "Emil Gray"}
    assert all(row.url.startswith("/accounts/password/reset/key/") for row in invited)


def test_the_people_of_a_demonstration_are_not_written_to() -> None:
    found_the_library(demonstration=True)
    assert not Message.objects.exists()
