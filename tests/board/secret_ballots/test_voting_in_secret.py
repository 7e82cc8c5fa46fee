"""Votes that are secret until they close: one's own vote, what goes by nobody's, and what everybody sees after."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.history import Version
from audit.models import Event
from audit.timeline import Filters, everything
from board.commands import ballots, boards, chair, entered, holds, motions, reminders, withdrawals
from board.models import Ballot, Elector, HoldLapse, Position, Seat
from board.queries import roll_of
from board.reminding import slot_of
from board.tasks import keep_time, remind_before_close_of_due_ballots
from core import clock
from core.errors import IllegalMove, NotAllowed
from mail.commands.digests import make_digest
from mail.models import Message
from mail.policies import MAILER
from tests.board.secret_ballots.voting import READERS, REASON, Clients, close, of_the_vote, take, url
from tests.cast import Cast
from tests.factories.board import move_motion, open_ballot_for, open_secret_ballot_for, seat_more, vote

# --- One's own, and nobody else's ------------------------------------------------------------------


def test_one_sees_ones_own_vote_and_not_which_number_it_has(
    cast: Cast, ballot: Ballot, signed_in: Clients
) -> None:
    take(cast.chair, ballot)
    take(cast.member, ballot, "reject", reason=REASON)
    assert Position.objects.get(elector__person_id=cast.member.id).number == 2
    client = signed_in("member")
    page = client.get(url("ballot", ballot)).content.decode()
    assert "You voted: reject." in page
    assert REASON in page
    assert 'name="seen" value="1.1"' in page
    for number in (1, 2, 3):
        assert client.get(url("ballot-answer", ballot, number)).status_code == 403
    again = client.post(
        url("ballot-position", ballot), {"position": "approve", "reason": "Now.", "seen": "1.1"}
    )
    assert again.status_code == 303
    stale = client.post(
        url("ballot-position", ballot), {"position": "reject", "reason": "No.", "seen": "1.1"}
    )
    assert stale.status_code == 409
    seen = [event.verb for event in everything(cast.auditor, Filters()) if event.actor_id == cast.member.id]
    assert set(seen) <= {"accounts.sign_in.succeeded"}


def test_nobody_votes_or_recuses_for_a_member(cast: Cast, ballot: Ballot, signed_in: Clients) -> None:
    with pytest.raises(IllegalMove, match="secret until it closes"):
        take(cast.secretary, ballot, entered_for=cast.member.id)
    with pytest.raises(IllegalMove, match="secret until it closes"):
        entered.enter_recusal(
            actor=cast.secretary, ballot_id=ballot.pk, member_id=cast.member.id, category="other", text="So."
        )
    secretary = signed_in("secretary")
    assert secretary.get(url("ballot-enter", ballot)).status_code == 409
    assert secretary.get(url("ballot-recusal-enter", ballot)).status_code == 409
    assert not Position.objects.exists()


def test_it_never_closes_early_and_is_not_certified_before(
    cast: Cast, ballot: Ballot, signed_in: Clients
) -> None:
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with pytest.raises(IllegalMove, match="never closes early"):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    secretary = signed_in("secretary")
    assert "never closes early" in secretary.get(url("ballot-close", ballot)).content.decode()
    assert secretary.post(url("ballot-certify", ballot)).status_code == 409


def test_a_hold_is_told_to_nobody_renewed_unseen_and_lapses_unseen(cast: Cast, signed_in: Clients) -> None:
    ballot = open_secret_ballot_for(cast, days=30)
    mails = Message.objects.count()
    vote(ballot, "hold", cast.member, cast.chair)
    with clock.moved(timedelta(days=10)):
        holds.renew_hold(actor=cast.member, ballot_id=ballot.pk, reason=REASON)
    with clock.moved(timedelta(days=15)):
        keep_time()
        assert "hold has lapsed" in signed_in("chair").get(url("ballot", ballot)).content.decode()
        statuses = {line.name: line.status for line in roll_of(ballot, clock.now()).lines}
    assert statuses == {"Chair": "silent", "Member": "hold", "Colleague": "silent"}
    assert not HoldLapse.objects.exists()
    assert Message.objects.count() == mails
    assert REASON not in "".join(event.reason for event in everything(cast.auditor, Filters()))


def test_what_an_elector_is_refused_is_kept_back_too(cast: Cast, ballot: Ballot, signed_in: Clients) -> None:
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="other", text=REASON)
    assert signed_in("member").get(reverse("board:motion-pack", args=[ballot.motion_id])).status_code == 403
    with pytest.raises(NotAllowed):
        take(cast.member, ballot)
    refused = Event.objects.filter(outcome="refused", actor_id=cast.member.id)
    assert refused.count() == 2
    seen = {event.number for event in everything(cast.auditor, Filters())}
    assert not seen & set(refused.values_list("number", flat=True))
    close(ballot)
    seen = {event.number for event in everything(cast.auditor, Filters())}
    assert set(refused.values_list("number", flat=True)) <= seen


# --- What goes by who voted elsewhere goes by nothing here ------------------------------------------


def test_reminders_go_to_everybody_on_the_roll_and_do_not_say_who_voted(cast: Cast, ballot: Ballot) -> None:
    take(cast.member, ballot)
    ballots.recuse(actor=cast.chair, ballot_id=ballot.pk, category="other", text="A tie.")
    reminders.remind_electors(actor=cast.secretary, ballot_id=ballot.pk)
    sent = Message.objects.filter(kind="board.ballot.reminded")
    roll = {cast.chair.id, cast.member.id, cast.colleague.id}
    assert set(sent.values_list("recipient_id", flat=True)) == roll
    assert len(set(sent.values_list("text", flat=True))) == 1
    with clock.frozen(ballot.closes_at - timedelta(hours=71)):
        remind_before_close_of_due_ballots()
        remind_before_close_of_due_ballots()
    soon = Message.objects.filter(slot=slot_of(ballot, 72))
    assert sorted(soon.values_list("recipient_id", flat=True)) == sorted(roll)
    for message in [*sent, *soon]:
        assert "whether they have voted or not" in " ".join(message.text.split())
        assert "No position of yours" not in message.text


def test_the_digest_is_the_same_whether_one_voted(cast: Cast, ballot: Ballot, signed_in: Clients) -> None:
    take(cast.member, ballot)
    assert "Vote: Shall it be told?" not in signed_in("member").get("/desk/").content.decode()
    assert "Vote: Shall it be told?" in signed_in("colleague").get("/desk/").content.decode()
    made = [make_digest(actor=MAILER, person_id=who.id) for who in (cast.member, cast.colleague) if who.id]
    assert made == [None, None], "a secret vote is in no digest"
    open_ballot_for(cast)
    told = make_digest(actor=MAILER, person_id=cast.colleague.id)  # type: ignore[arg-type]
    assert told is not None
    assert "Shall it be told?" not in told.text


def test_who_leaves_the_board_comes_off_the_roll_at_the_close_if_they_had_not_voted(cast: Cast) -> None:
    ballot = open_secret_ballot_for(cast)
    take(cast.member, ballot)
    for who in (cast.member, cast.colleague):
        seat = Seat.objects.get(person_id=who.id, ended_at=None)
        boards.end_seat(actor=cast.steward, seat_id=seat.pk, basis="Resigned")
    assert not Elector.objects.exclude(departed_at=None).exists()
    with pytest.raises(NotAllowed, match="left the board before voting"):
        take(cast.colleague, ballot)
    take(cast.member, ballot, "abstain", reason="On my way out.")
    close(ballot)
    statuses = {line.name: line.status for line in roll_of(ballot, clock.now()).lines}
    assert statuses == {"Chair": "silent", "Member": "abstain", "Colleague": "departed"}
    assert Event.objects.filter(verb="board.elector.departed").count() == 1


def test_a_recusal_of_the_chair_passes_nothing_on(cast: Cast, ballot: Ballot) -> None:
    ballots.recuse(actor=cast.chair, ballot_id=ballot.pk, category="other", text="A tie.")
    later = ballot.closes_at + timedelta(days=1)
    with pytest.raises(NotAllowed, match="You recused yourself"):
        chair.extend_ballot(actor=cast.chair, ballot_id=ballot.pk, closes_at=later, reason="More time.")
    with pytest.raises(NotAllowed, match="Only Chair, who presides"):
        chair.extend_ballot(actor=cast.member, ballot_id=ballot.pk, closes_at=later, reason="More time.")


@pytest.mark.parametrize("voted", [False, True])
def test_taking_it_back_goes_the_same_way_whether_anybody_voted(
    cast: Cast, ballot: Ballot, voted: bool
) -> None:
    if voted:
        take(cast.member, ballot)
    with pytest.raises(IllegalMove, match="is secret until the vote closes"):
        motions.withdraw_motion(actor=cast.steward, motion_id=ballot.motion_id, reason="Too early.")
    withdrawals.ask_withdrawal(actor=cast.steward, ballot_id=ballot.pk, reason="Too early.")
    withdrawals.agree_to_withdrawal(actor=cast.chair, ballot_id=ballot.pk)


def test_a_round_ended_for_another_keeps_its_secret_until_its_announced_close(
    cast: Cast, ballot: Ballot, signed_in: Clients
) -> None:
    take(cast.member, ballot, "reject", reason=REASON)
    secretary = signed_in("secretary")
    assert "stay secret until" in secretary.get(url("ballot-supersede", ballot)).content.decode()
    ballots.supersede_ballot(actor=cast.secretary, ballot_id=ballot.pk, reason="The text changes.")
    assert "positions" not in Event.objects.get(verb="board.ballot.superseded").data
    assert REASON not in secretary.get(url("ballot", ballot)).content.decode()
    assert not {event.number for event in everything(cast.auditor, Filters())} & of_the_vote()
    with clock.frozen(ballot.closes_at):
        assert REASON in secretary.get(url("ballot", ballot)).content.decode()
        assert {event.number for event in everything(cast.auditor, Filters())} >= of_the_vote()


# --- The choice, and what comes after --------------------------------------------------------------


def test_it_is_chosen_on_the_form_recorded_with_the_rules_and_never_changed(
    cast: Cast, ballot: Ballot, signed_in: Clients
) -> None:
    motion = move_motion(cast, ballot.motion.board)
    secretary = signed_in("secretary")
    where = reverse("board:motion-open", args=[motion.pk])
    assert "Secret until it closes" in secretary.get(where).content.decode()
    closes = (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    assert secretary.post(where, {"closes_at": closes, "secret": "on"}).status_code == 303
    opened = Ballot.objects.get(motion=motion)
    assert opened.terms["secret"] is True
    assert opened.terms["early_close"] is False
    assert Event.objects.filter(verb="board.ballot.opened", data__secret=True).count() == 2
    assert "secret" not in open_ballot_for(cast).terms
    take(cast.member, opened)
    close(opened)
    assert opened.secret
    assert not opened.keeps_secret


def test_after_the_close_all_of_it_is_there(cast: Cast, ballot: Ballot, signed_in: Clients) -> None:
    take(cast.member, ballot, "reject", reason=REASON)
    take(cast.member, ballot, "approve", reason="It was counted.")
    vote(ballot, "approve", cast.colleague)
    ballots.recuse(actor=cast.chair, ballot_id=ballot.pk, category="other", text="A tie.")
    close(ballot)
    for role in READERS:
        page = signed_in(role).get(url("ballot", ballot)).content.decode()
        assert REASON in page, role
        assert "Member changed to approve" in page
        assert "Chair recused themselves" in page
    assert {event.number for event in everything(cast.auditor, Filters())} >= of_the_vote()
    assert len(of_the_vote()) == 4
    versions: list[Version] = list(Position.history.all())
    assert len(versions) == 3
    taken = Position.objects.get(number=1)
    assert signed_in("auditor").get(f"/desk/audit/records/board.Position/{taken.pk}/").status_code == 200


def test_its_pages_ask_no_more_of_the_database(cast: Cast, signed_in: Clients) -> None:
    seat_more(cast, open_secret_ballot_for(cast).motion.board, 9)
    ballot = open_secret_ballot_for(cast, move_motion(cast, Ballot.objects.get().motion.board))
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    asked = {}
    for role, where in (
        ("member", url("ballot", ballot)),
        ("secretary", url("ballot", ballot)),
        ("secretary", reverse("board:ballots")),
        ("auditor", "/desk/audit/"),
    ):
        client = signed_in(role)
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        asked[role, where] = len(queries)
    assert max(asked.values()) <= 12, asked
