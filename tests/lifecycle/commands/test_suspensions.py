"""A model is suspended by two people for 14 days at most; the board ratifies it by a motion, or it is over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts.queries import waiting_for
from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, boards
from board.models import Ballot, Motion
from board.papers.certificates import certificate_sheet
from core import clock
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from core.policies import Process
from lifecycle.commands.suspensions import (
    confirm_suspension,
    drop_suspension,
    expire_suspension,
    lift_suspension,
)
from lifecycle.commands.visibility import change_model_visibility
from lifecycle.models import AIModel, Commitment, Suspension
from lifecycle.queries.suspensions import in_force, why_paused
from lifecycle.states import SUSPENSION, SuspensionState
from lifecycle.tasks import expire_suspensions
from mail.models import Message
from tests.cast import Cast
from tests.factories import board as make_board
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
FORTNIGHT = timedelta(days=14)
BOARD_AND_STEWARD = {"Chair", "Colleague", "Member", "Secretary", "Steward"}


def wren(cast: Cast, **options: object) -> AIModel:
    make_board.found_board(cast, **options)
    return make.make_ai_model(cast)


def state(suspension: Suspension) -> str:
    return Suspension.objects.get(pk=suspension.pk).state_at(clock.now()).value


def told(kind: str) -> set[str]:
    return {message.recipient.name for message in Message.objects.filter(kind=f"lifecycle.suspension.{kind}")}


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def url(name: str, suspension: Suspension) -> str:
    return reverse(f"lifecycle:{name}", args=[suspension.pk])


# --- Two people ---------------------------------------------------------------------------------


def test_it_is_in_force_when_a_second_person_confirms_it_and_the_whole_board_is_told_at_once(
    cast: Cast,
) -> None:
    model = wren(cast)
    proposed = make.propose_suspension(cast, model, days=5)
    assert state(proposed) == "proposed"
    assert not in_force(clock.now()).exists()
    assert told("proposed") == {"Chair", "Colleague", "Member"}
    assert told("confirmed") == set()
    suspension = confirm_suspension(actor=cast.chair, suspension_id=proposed.pk)
    assert state(suspension) == "in_force"
    assert suspension.confirmed_at is not None
    assert suspension.lapses_at == suspension.confirmed_at + timedelta(days=5)
    assert (suspension.proposed_by_name, suspension.confirmed_by_name) == ("Steward", "Chair")
    assert told("confirmed") == BOARD_AND_STEWARD
    message = Message.objects.filter(kind="lifecycle.suspension.confirmed").first()
    assert message is not None
    assert message.url == url("suspension", suspension)
    assert "It gave out the address of a reader." in message.text
    events = Event.objects.filter(target_id=str(suspension.pk), verb__startswith="lifecycle.")
    assert list(events.order_by("number").values_list("verb", "actor_name", "reason")) == [
        ("lifecycle.suspension.proposed", "Steward", "It gave out the address of a reader."),
        ("lifecycle.suspension.confirmed", "Chair", "It gave out the address of a reader."),
    ]


def test_a_member_who_proposed_it_does_not_confirm_it(cast: Cast) -> None:
    model = wren(cast)
    proposed = make.propose_suspension(cast, model, actor=cast.member)
    assert told("proposed") == {"Chair", "Colleague"}
    with pytest.raises(NotAllowed, match="You proposed this suspension, so another member"):
        confirm_suspension(actor=cast.member, suspension_id=proposed.pk)
    assert (
        confirm_suspension(actor=cast.colleague, suspension_id=proposed.pk).confirmed_by_name == "Colleague"
    )


def test_only_a_member_who_sits_on_its_board_confirms_or_lifts_it(cast: Cast) -> None:
    proposed = make.propose_suspension(cast, wren(cast))
    for actor in (cast.steward, cast.secretary, cast.archivist, cast.outsider):
        with pytest.raises(NotAllowed, match="A member of the Board for retired models confirms"):
            confirm_suspension(actor=actor, suspension_id=proposed.pk)
    seat = cast.person("colleague").seats.get()
    boards.end_seat(actor=cast.secretary, seat_id=seat.pk, basis="Resigned")
    with pytest.raises(NotAllowed):
        confirm_suspension(actor=cast.colleague, suspension_id=proposed.pk)
    confirm_suspension(actor=cast.chair, suspension_id=proposed.pk)
    with pytest.raises(NotAllowed, match="lifts this suspension"):
        lift_suspension(actor=cast.steward, suspension_id=proposed.pk, reason="The filter works.")


def test_what_cannot_be_proposed_is_refused_with_a_sentence(cast: Cast) -> None:
    model = make.make_ai_model(cast)
    nowhere = {"board_id": model.pk}
    with pytest.raises(IllegalMove, match="There is no board yet"):
        make.propose_suspension(cast, model, **nowhere)
    make_board.found_board(cast)
    with pytest.raises(NotFound, match="no such board"):
        make.propose_suspension(cast, model, **nowhere)
    for days in (0, 15):
        with pytest.raises(Unacceptable, match="for 1 to 14 days") as too_long:
            make.propose_suspension(cast, model, days=days)
        assert too_long.value.field == "days"
    with pytest.raises(Unacceptable, match="Say what the emergency is") as unreasoned:
        make.propose_suspension(cast, model, reason="  ")
    assert unreasoned.value.field == "reason"
    for actor in (cast.secretary, cast.archivist, cast.auditor, cast.outsider):
        with pytest.raises(NotAllowed, match="A steward or a member of the board suspends"):
            make.propose_suspension(cast, model, actor=actor)
    vendors = make.make_ai_model(cast, name="Lantern", provider="Lumen", ours=False)
    with pytest.raises(IllegalMove, match="Lantern is a vendor’s model"):
        make.propose_suspension(cast, vendors)
    assert not Suspension.objects.exists()


def test_a_model_is_suspended_once_at_a_time(cast: Cast) -> None:
    model = wren(cast)
    proposed = make.propose_suspension(cast, model)
    with pytest.raises(IllegalMove, match="waits to be confirmed already"):
        make.propose_suspension(cast, model)
    confirm_suspension(actor=cast.chair, suspension_id=proposed.pk)
    with pytest.raises(IllegalMove, match="Wren is suspended already, until"):
        make.propose_suspension(cast, model)
    with pytest.raises(IllegalMove, match="cannot become in force"):
        confirm_suspension(actor=cast.member, suspension_id=proposed.pk)
    make.suspend(cast, make.make_ai_model(cast, name="Haldane 2"))


def test_a_model_that_is_retired_already_is_not_suspended(cast: Cast) -> None:
    model = wren(cast)
    other = make.make_ai_model(cast, name="Lark")
    waiting = make.propose_suspension(cast, other)
    for each in (model, other):
        case = make.make_case(cast, make_board.Board.objects.get(), ai_model=each, retires_on=clock.today())
        make.decide(cast, make.propose(cast, case))
    with pytest.raises(IllegalMove, match="Wren is retired already, so there is nothing to suspend"):
        make.propose_suspension(cast, model)
    with pytest.raises(IllegalMove, match="Lark is retired already"):
        confirm_suspension(actor=cast.chair, suspension_id=waiting.pk)
    assert state(waiting) == "proposed"


def test_it_is_taken_back_or_turned_down_with_a_reason_and_nothing_was_suspended(cast: Cast) -> None:
    model = wren(cast)
    first = make.propose_suspension(cast, model)
    with pytest.raises(NotAllowed, match="Steward, who proposed this suspension, takes it back"):
        drop_suspension(actor=cast.secretary, suspension_id=first.pk, reason="No.")
    with pytest.raises(Unacceptable, match="Say why"):
        drop_suspension(actor=cast.steward, suspension_id=first.pk, reason=" ")
    drop_suspension(actor=cast.steward, suspension_id=first.pk, reason="A false alarm.")
    second = make.propose_suspension(cast, model)
    drop_suspension(actor=cast.member, suspension_id=second.pk, reason="The log shows another model.")
    assert [state(each) for each in (first, second)] == ["dropped", "dropped"]
    for act in (
        lambda: confirm_suspension(actor=cast.chair, suspension_id=first.pk),
        lambda: drop_suspension(actor=cast.chair, suspension_id=first.pk, reason="Again."),
        lambda: make.ask_to_ratify(cast, first),
    ):
        with pytest.raises(IllegalMove):
            act()


def test_the_database_holds_it_to_two_people_fourteen_days_and_one_at_a_time(cast: Cast) -> None:
    model = wren(cast)
    suspension = make.propose_suspension(cast, model)
    now = clock.now()
    for constraint, given in (
        ("second_person", {"confirmed_by": cast.person("steward"), "lapses_at": now + FORTNIGHT}),
        ("second_person", {"confirmed_by": cast.person("chair"), "lapses_at": now + timedelta(days=15)}),
        ("second_person", {"confirmed_by": cast.person("chair"), "lapses_at": None}),
        ("fourteen_days", {"days": 15, "confirmed_at": None}),
        ("by_a_decision", {"lasts_until": now + FORTNIGHT, "confirmed_at": None}),
        ("ends_in_one_way", {"ended_at": now, "ending": "lapsed", "confirmed_at": None}),
    ):
        row = Suspension.objects.get(pk=suspension.pk)
        for name, value in {"confirmed_at": now, **given}.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError, match=constraint), recorded():
            row.save()
    twice = Suspension.objects.get(pk=suspension.pk)
    twice.pk, twice.number = model.pk, 99
    with pytest.raises(IntegrityError, match="once_at_a_time"), recorded():
        twice.save(force_insert=True)


# --- It ends by itself ----------------------------------------------------------------------------


def test_it_lapses_by_the_clock_alone_and_the_scheduler_writes_it_down_once(cast: Cast) -> None:
    model = wren(cast)
    suspension = make.suspend(cast, model, days=3)
    assert suspension.lapses_at is not None
    with clock.frozen(suspension.lapses_at - timedelta(seconds=1)):
        assert state(suspension) == "in_force"
        assert expire_suspensions() == 0
        assert why_paused(model.pk)
    with clock.frozen(suspension.lapses_at):
        assert state(suspension) == "lapsed"
        assert why_paused(model.pk) == ""
    with clock.frozen(suspension.lapses_at + timedelta(hours=2)):
        assert expire_suspensions() == 1
        assert expire_suspensions() == 0
        expire_suspension(actor=Process("Scheduler"), suspension_id=suspension.pk)
    event = Event.objects.get(verb="lifecycle.suspension.expired", outcome="done")
    assert (event.actor_name, event.data["ending"]) == ("Scheduler", "lapsed")
    suspension.refresh_from_db()
    assert suspension.ended_at == suspension.lapses_at
    assert told("ended") == BOARD_AND_STEWARD
    assert "had not ratified it" in Message.objects.filter(kind="lifecycle.suspension.ended")[0].text


def test_only_the_scheduler_writes_an_end_down(cast: Cast) -> None:
    suspension = make.suspend(cast, wren(cast))
    with pytest.raises(NotAllowed, match="ends by the clock"):
        expire_suspension(actor=cast.chair, suspension_id=suspension.pk)


def test_a_scheduler_that_is_late_keeps_nobody_from_the_next_suspension(cast: Cast) -> None:
    model = wren(cast)
    first = make.suspend(cast, model, days=1)
    with clock.moved(timedelta(days=2)):
        second = make.propose_suspension(cast, model, days=13)
        assert (state(first), state(second)) == ("lapsed", "proposed")
        expired = Event.objects.get(verb="lifecycle.suspension.expired")
        assert expired.target_id == str(first.pk)
        assert (
            expired.caused_by_id
            == Event.objects.get(verb="lifecycle.suspension.proposed", target_id=str(second.pk)).number
        )


def test_it_is_lifted_early_by_a_member_with_a_reason_and_the_board_is_told(cast: Cast) -> None:
    model = wren(cast)
    suspension = make.suspend(cast, model)
    with pytest.raises(Unacceptable, match="Say why"):
        lift_suspension(actor=cast.member, suspension_id=suspension.pk, reason="")
    lift_suspension(actor=cast.member, suspension_id=suspension.pk, reason="The filter works again.")
    assert state(suspension) == "lifted"
    assert why_paused(model.pk) == ""
    assert told("ended") == BOARD_AND_STEWARD
    with pytest.raises(IllegalMove):
        lift_suspension(actor=cast.member, suspension_id=suspension.pk, reason="Again.")


def test_what_was_promised_and_decided_about_the_model_stays_as_it_is(cast: Cast) -> None:
    model = wren(cast)
    promise = make.make_commitment(cast, model)
    before = Commitment.history.filter(id=promise.pk).count()
    suspension = make.suspend(cast, model)
    with clock.moved(FORTNIGHT):
        assert expire_suspensions() == 1
    model.refresh_from_db()
    promise.refresh_from_db()
    assert (state(suspension), model.stage, promise.state) == ("lapsed", "active", "open")
    assert Commitment.history.filter(id=promise.pk).count() == before


# --- The board ------------------------------------------------------------------------------------


def test_a_carried_motion_makes_it_last_as_it_says(cast: Cast, signed_in: SignedIn) -> None:
    model = wren(cast)
    suspension = make.suspend(cast, model)
    motion = make.ask_to_ratify(cast, suspension, days=40)
    assert motion.kind == "ratification"
    assert "It gave out the address of a reader." in motion.text
    assert "The filter is being rebuilt." in motion.text
    certificate = make.decide(cast, motion)
    assert certificate.document["terms"]["name"] == "retirement"
    suspension.refresh_from_db()
    assert suspension.certificate == certificate
    assert suspension.lasts_until is not None
    assert suspension.lasts_until > clock.now() + timedelta(days=39)
    event = Event.objects.get(verb="lifecycle.suspension.ratified")
    assert event.data == {"decision": certificate.number, "until": suspension.lasts_until.isoformat()}
    with clock.moved(timedelta(days=15)):
        assert expire_suspensions() == 0
        assert state(suspension) == "ratified"
        assert why_paused(model.pk)
    minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[certificate.ballot_id]))
    assert "The suspension of Wren is ratified: it lasts until" in minutes
    decision = page(Client(), reverse("board_public:decision", args=[certificate.number]))
    assert "It gave out the address of a reader." in decision
    assert f'href="/models/{model.slug}/"' in decision
    with pytest.raises(IllegalMove, match="The board decided how long it lasts"):
        lift_suspension(actor=cast.chair, suspension_id=suspension.pk, reason="Enough.")
    with clock.moved(timedelta(days=41)):
        assert state(suspension) == "ran_out"
        assert expire_suspensions() == 1
    event = Event.objects.get(verb="lifecycle.suspension.expired")
    assert event.data["ending"] == "ran_out"


def certify_page(client: Client, ballot: Ballot) -> str:
    return page(client, reverse("board:ballot-certify", args=[ballot.pk]))


def closed(cast: Cast, motion: Motion, position: str) -> Ballot:
    ballot = make_board.open_ballot_for(cast, motion)
    make_board.vote(ballot, position, cast.chair, cast.member, cast.colleague)
    return ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)


def test_whoever_certifies_reads_before_what_it_does(cast: Cast, signed_in: SignedIn) -> None:
    suspension = make.suspend(cast, wren(cast))
    carried = closed(cast, make.ask_to_ratify(cast, suspension), "approve")
    assert "The suspension of Wren then lasts until" in certify_page(signed_in("secretary"), carried)
    lift_suspension(actor=cast.chair, suspension_id=suspension.pk, reason="The filter works.")
    assert "nothing left to ratify. Lifted early." in certify_page(signed_in("secretary"), carried)
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=carried.pk)
    assert certificate.carried
    assert state(suspension) == "lifted"


def test_a_lost_motion_ends_it_at_once(cast: Cast, signed_in: SignedIn) -> None:
    model = wren(cast)
    suspension = make.suspend(cast, model)
    ballot = closed(cast, make.ask_to_ratify(cast, suspension), "reject")
    html = certify_page(signed_in("secretary"), ballot)
    assert "Wren is no longer suspended from then on" in html
    assert "Nothing else follows" not in html
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[ballot.pk]))
    what_it_did = "It was not decided. The suspension of Wren was not ratified and ended with this result."
    decision = page(Client(), reverse("board_public:decision", args=[certificate.number]))
    for told in (minutes, decision):
        assert what_it_did in told
        assert "things stay as they were" not in told
    sheet = certificate_sheet(certificate)
    assert what_it_did in render_to_string(sheet.template, sheet.context)
    assert state(suspension) == "rejected"
    assert why_paused(model.pk) == ""
    event = Event.objects.get(verb="lifecycle.suspension.rejected")
    assert event.data == {"decision": certificate.number}
    assert make.propose_suspension(cast, model, days=13)


def test_the_board_changes_the_end_of_what_it_ratified_and_a_lost_motion_leaves_it(cast: Cast) -> None:
    suspension = make.suspend(cast, wren(cast))
    make.decide(cast, make.ask_to_ratify(cast, suspension, days=40))
    make.decide(cast, make.ask_to_ratify(cast, suspension, days=20), "reject")
    assert state(suspension) == "ratified"
    certificate = make.decide(cast, make.ask_to_ratify(cast, suspension, days=2))
    suspension.refresh_from_db()
    assert suspension.certificate == certificate
    with clock.moved(timedelta(days=3)):
        assert state(suspension) == "ran_out"


def test_a_motion_certified_after_it_lapsed_or_was_lifted_changes_nothing(
    cast: Cast, signed_in: SignedIn
) -> None:
    suspension = make.suspend(cast, wren(cast), days=2)
    ballot = make_board.open_ballot_for(cast, make.ask_to_ratify(cast, suspension), days=10)
    make_board.vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with clock.moved(timedelta(days=3)):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
        assert ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk).carried
        assert state(suspension) == "lapsed"
        suspension.refresh_from_db()
        assert suspension.lasts_until is None
        minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[ballot.pk]))
        assert "was over before the certification, so nothing was left to ratify" in minutes


def test_a_lost_motion_on_one_that_was_over_says_so(cast: Cast) -> None:
    suspension = make.suspend(cast, wren(cast))
    ballot = closed(cast, make.ask_to_ratify(cast, suspension), "reject")
    lift_suspension(actor=cast.chair, suspension_id=suspension.pk, reason="The filter works.")
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    decision = page(Client(), reverse("board_public:decision", args=[certificate.number]))
    assert f"It was not decided. {suspension} was over before the certification" in decision


def test_no_vote_is_opened_on_one_that_is_over_or_twice(cast: Cast) -> None:
    suspension = make.suspend(cast, wren(cast), days=2)
    motion = make.ask_to_ratify(cast, suspension, days=1)
    with clock.moved(timedelta(days=1, hours=1)), pytest.raises(IllegalMove, match="has passed"):
        make_board.open_ballot_for(cast, motion)
    with clock.moved(timedelta(days=2, hours=1)), pytest.raises(IllegalMove, match="nothing left to ratify"):
        make_board.open_ballot_for(cast, motion)
    assert not Ballot.objects.exists()


def test_what_cannot_be_asked_of_the_board_is_refused(cast: Cast) -> None:
    suspension = make.propose_suspension(cast, wren(cast))
    with pytest.raises(IllegalMove, match="another person has to confirm it first"):
        make.ask_to_ratify(cast, suspension)
    confirm_suspension(actor=cast.chair, suspension_id=suspension.pk)
    for said, sentence, field in (
        ({"days": -1}, "This instant is past", "lasts_until"),
        ({"days": 91}, "90 days at most", "lasts_until"),
        ({"reason": " "}, "Say why it should last", "reason"),
    ):
        with pytest.raises(Unacceptable, match=sentence) as refused:
            make.ask_to_ratify(cast, suspension, **said)  # type: ignore[arg-type]
        assert refused.value.field == field
    for actor in (cast.secretary, cast.archivist):
        with pytest.raises(NotAllowed):
            make.ask_to_ratify(cast, suspension, actor=actor)
    first = make.ask_to_ratify(cast, suspension)
    with pytest.raises(IllegalMove, match=f"Proposal {first.number} asks for this already"):
        make.ask_to_ratify(cast, suspension, actor=cast.member)
    assert Motion.objects.count() == 1


def test_the_machine_allows_what_the_instants_say() -> None:
    moves = {
        (one.value, two.value)
        for one in SuspensionState
        for two in SuspensionState
        if SUSPENSION.allows(one, two)
    }
    assert moves == {
        ("proposed", "in_force"),
        ("proposed", "dropped"),
        ("in_force", "ratified"),
        ("in_force", "lifted"),
        ("in_force", "rejected"),
        ("in_force", "lapsed"),
        ("ratified", "ratified"),
        ("ratified", "ran_out"),
    }


# --- Where people see it --------------------------------------------------------------------------


def test_today_says_it_at_once_to_those_who_must_act(cast: Cast) -> None:
    def today(who: str) -> list[tuple[str, str]]:
        return [
            (item.title, item.action) for item in waiting_for(getattr(cast, who)) if "uspen" in item.title
        ]

    suspension = make.propose_suspension(cast, wren(cast), actor=cast.member)
    asked = [("Suspend Wren in an emergency?", "Confirm or turn down")]
    assert {who: today(who) for who in ("chair", "member", "secretary", "steward", "archivist")} == {
        "chair": asked,
        "member": [],
        "secretary": [],
        "steward": [],
        "archivist": [],
    }
    confirm_suspension(actor=cast.chair, suspension_id=suspension.pk)
    title = "Wren is suspended in an emergency"
    for who in ("chair", "member", "colleague", "steward"):
        assert today(who) == [(title, "Ask the board to ratify it")]
    assert today("secretary") == [(title, "Read why")]
    make.ask_to_ratify(cast, suspension)
    assert today("chair") == [(title, "Read why")]
    with clock.moved(FORTNIGHT):
        assert today("chair") == []


def test_the_models_pages_the_register_and_its_case_say_it_while_it_lasts(
    cast: Cast, signed_in: SignedIn
) -> None:
    model = wren(cast)
    case = make.make_case(cast, make_board.Board.objects.get(), ai_model=model)
    suspension = make.suspend(cast, model)
    said = "Wren is suspended in an emergency until"
    shown = {
        "record": (signed_in("archivist"), reverse("lifecycle:model-record", args=[model.pk])),
        "case": (signed_in("archivist"), reverse("lifecycle:case", args=[case.pk])),
        "public": (Client(), f"/models/{model.slug}/"),
    }
    for client, address in shown.values():
        assert said in page(client, address)
        assert "It gave out the address of a reader." in page(client, address)
    for client, address in ((Client(), "/"), (signed_in("steward"), "/desk/models/")):
        assert "Suspended</span>" in page(client, address)
    yesterday = clock.today() - timedelta(days=1)
    assert said not in page(Client(), f"/models/{model.slug}/?as_of={yesterday}")
    assert said not in page(Client(), f"/models/{model.slug}/?known_at={yesterday}")
    lift_suspension(actor=cast.chair, suspension_id=suspension.pk, reason="The filter works.")
    for client, address in shown.values():
        assert said not in page(client, address)
    assert "Lifted early" in page(signed_in("archivist"), reverse("lifecycle:model-record", args=[model.pk]))


def test_it_is_done_on_pages_by_two_people(cast: Cast, signed_in: SignedIn) -> None:
    model = wren(cast)
    steward, chair = signed_in("steward"), signed_in("chair")
    suspend = reverse("lifecycle:model-suspend", args=[model.pk])
    assert suspend in page(steward, reverse("lifecycle:model-record", args=[model.pk]))
    assert "Propose suspension</button>" in page(steward, suspend)
    board = str(make_board.Board.objects.get().pk)
    wrong = steward.post(suspend, {"reason": "", "days": 15, "board_id": board})
    assert wrong.status_code == 422
    sent = steward.post(suspend, {"reason": "It leaked.", "days": 14, "board_id": board})
    suspension = Suspension.objects.get()
    assert sent["Location"] == url("suspension", suspension)
    assert "Take it back" in page(steward, url("suspension", suspension))
    assert "Confirm suspension" not in page(steward, url("suspension", suspension))
    assert "waits to be confirmed already" in page(steward, suspend)
    assert "Turn it down" in page(chair, url("suspension", suspension))
    assert chair.get(url("suspension-confirm", suspension)).status_code == 200
    assert state(suspension) == "proposed"
    assert chair.post(url("suspension-confirm", suspension)).status_code == 303
    assert state(suspension) == "in_force"
    assert "Lift it" in page(chair, url("suspension", suspension))
    until = (clock.now() + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")
    asked = steward.post(
        url("suspension-ratify", suspension), {"lasts_until": until, "reason": "The filter is being rebuilt."}
    )
    motion = Motion.objects.get()
    assert asked["Location"] == reverse("board:motion", args=[motion.pk])
    assert "Change the text" not in page(steward, asked["Location"])
    ballot = make_board.open_ballot_for(cast, motion)
    papers = page(chair, reverse("board:ballot", args=[ballot.pk]))
    assert "Asked for here: that it last until" in papers
    assert "Steward, " in papers
    assert "Read the proposal" in page(chair, url("suspension", suspension))
    assert f"Proposal {motion.number}</a> asks the board already" in page(
        steward, url("suspension-ratify", suspension)
    )
    lifted = chair.post(url("suspension-lift", suspension), {"reason": "The filter works."})
    assert lifted.status_code == 303
    assert "nothing left to ratify" in page(steward, url("suspension-ratify", suspension))


def test_a_board_with_a_minimum_opening_says_by_when_its_vote_must_open(
    cast: Cast, signed_in: SignedIn
) -> None:
    suspension = make.suspend(cast, wren(cast, demonstration=False))
    address = url("suspension", suspension)
    assert "must be open by" in page(signed_in("chair"), address)
    with clock.moved(timedelta(days=8)):
        assert "so it lapses whatever the vote says" in page(signed_in("chair"), address)


def test_the_decision_is_hidden_with_the_model(cast: Cast) -> None:
    suspension = make.suspend(cast, wren(cast))
    certificate = make.decide(cast, make.ask_to_ratify(cast, suspension))
    address = reverse("board_public:decision", args=[certificate.number])
    assert suspension.reason in page(Client(), address)
    change_model_visibility(
        actor=cast.steward,
        ai_model_id=suspension.ai_model_id,
        visibility="internal",
        embargo_until=None,
        reason="Not yet.",
    )
    assert Client().get(address).status_code == 404
