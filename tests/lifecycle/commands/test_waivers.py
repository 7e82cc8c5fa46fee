"""A requirement is waived for one case by a carried motion and by nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, motions
from board.models import Motion
from core.errors import IllegalMove, NotAllowed, Unacceptable
from lifecycle.commands.cases import edit_case, withdraw_case
from lifecycle.commands.dossiers import freeze_dossier, propose_case
from lifecycle.commands.visibility import change_case_visibility
from lifecycle.models import Case, Waiver
from lifecycle.queries.dossiers import findings
from lifecycle.queries.plans import plan_of
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def short_of_notice(cast: Cast) -> Case:
    """A case that takes effect today before a board that promises sixty days."""
    board = boards.found_board(cast)
    with recorded():
        board.demonstration, board.notice_days = False, 60  # its votes still have no minimum
        board.save()
    case = make.make_case(cast, board)
    for checked in findings(case):
        if checked.finding.forbids and checked.key != "notice_days":
            make.waive(cast, case, checked.key)
    return case


def status(case: Case, key: str = "notice_days") -> str:
    return next(
        each.finding.status.value for each in findings(Case.objects.get(pk=case.pk)) if each.key == key
    )


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_carried_motion_waives_it_and_the_case_says_so_with_the_decision(
    cast: Cast, signed_in: SignedIn
) -> None:
    case = short_of_notice(cast)
    assert status(case) == "not_met"
    motion = make.ask_for_waiver(cast, case, "notice_days", reason="The last user has left.")
    assert motion.kind == "waiver"
    assert "The last user has left." in motion.text
    assert Event.objects.filter(
        verb="lifecycle.waiver.proposed", outcome="done", target_id=str(case.pk)
    ).exists()
    assert status(case) == "not_met"
    certificate = make.decide(cast, motion)
    assert certificate.told["terms"]["name"] == "retirement"
    waiver = Waiver.objects.get(certificate=certificate)
    assert (waiver.case, waiver.requirement, waiver.reason) == (
        case,
        "notice_days",
        "The last user has left.",
    )
    event = Event.objects.get(verb="lifecycle.waiver.granted", target_id=str(waiver.pk))
    assert event.data == {"decision": certificate.number, "requirement": "notice_days", "case": case.number}
    assert status(case) == "waived"
    html = page(signed_in("archivist"), "lifecycle:case", case.pk)
    assert f"Waived by decision {certificate.number}: The last user has left." in html
    assert f'href="/decisions/{certificate.number}/"' in html


def test_a_lost_motion_waives_nothing_and_it_may_be_asked_again(cast: Cast) -> None:
    case = short_of_notice(cast)
    make.decide(cast, make.ask_for_waiver(cast, case, "notice_days"), "reject")
    assert status(case) == "not_met"
    assert make.ask_for_waiver(cast, case, "notice_days")


def test_the_vote_opens_over_a_waived_requirement_and_not_before(cast: Cast, signed_in: SignedIn) -> None:
    case = short_of_notice(cast)
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    motion = propose_case(actor=cast.steward, case_id=case.pk)
    with pytest.raises(IllegalMove, match="Notice days"):
        boards.open_ballot_for(cast, motion)
    certificate = make.decide(cast, make.ask_for_waiver(cast, case, "notice_days"))
    ballot = boards.open_ballot_for(cast, motion)
    papers = page(signed_in("member"), "board:ballot", ballot.pk)
    assert (
        f'“Notice days” was waived after the dossier was frozen, by <a href="/decisions/{certificate.number}/">'
        in papers
    )


def test_it_holds_for_that_case_and_that_requirement_alone(cast: Cast) -> None:
    case = short_of_notice(cast)
    make.waive(cast, case, "notice_days")
    other = make.make_case(cast, case.board, ai_model=make.make_ai_model(cast, name="Haldane 2"))
    assert status(other) == "not_met"
    edit_case(actor=cast.steward, case_id=case.pk, replacement="", no_replacement_reason="")
    assert status(case, "replacement_named") == "not_met"


def test_a_plan_counts_no_notice_that_was_waived(cast: Cast) -> None:
    case = short_of_notice(cast)
    assert plan_of(case).rules.notice_days == 60
    make.waive(cast, case, "notice_days")
    assert plan_of(Case.objects.get(pk=case.pk)).rules.notice_days is None


def test_what_is_met_unknown_or_unreasoned_is_refused(cast: Cast) -> None:
    case = short_of_notice(cast)
    before = Motion.objects.count()
    with pytest.raises(Unacceptable, match="does not keep case") as met:
        make.ask_for_waiver(cast, case, "replacement_named")
    with pytest.raises(Unacceptable, match="Choose the requirement") as unknown:
        make.ask_for_waiver(cast, case, "no_such_thing")
    with pytest.raises(Unacceptable, match="Say why") as unreasoned:
        make.ask_for_waiver(cast, case, "notice_days", reason=" ")
    assert [each.value.field for each in (met, unknown, unreasoned)] == [
        "requirement",
        "requirement",
        "reason",
    ]
    assert Motion.objects.count() == before


def test_it_is_asked_once_at_a_time(cast: Cast) -> None:
    case = short_of_notice(cast)
    first = make.ask_for_waiver(cast, case, "notice_days")
    with pytest.raises(IllegalMove, match=f"Proposal {first.number} asks for this already"):
        make.ask_for_waiver(cast, case, "notice_days", actor=cast.member)
    motions.withdraw_motion(actor=cast.steward, motion_id=first.pk, reason="The day was moved.")
    assert make.ask_for_waiver(cast, case, "notice_days", actor=cast.member)


def test_it_is_asked_by_whoever_may_move_and_reads_the_case(cast: Cast) -> None:
    case = short_of_notice(cast)
    for actor in (cast.archivist, cast.secretary, cast.outsider):
        with pytest.raises(NotAllowed):
            make.ask_for_waiver(cast, case, "notice_days", actor=actor)


def test_a_case_that_is_over_or_in_its_vote_keeps_what_it_has(cast: Cast) -> None:
    case = short_of_notice(cast)
    motion = make.ask_for_waiver(cast, case, "notice_days")
    withdraw_case(actor=cast.steward, case_id=case.pk, reason="The contract was renewed.")
    with pytest.raises(IllegalMove, match="nothing left to waive"):
        boards.open_ballot_for(cast, motion)
    with pytest.raises(IllegalMove, match="nothing left to waive"):
        make.ask_for_waiver(cast, case, "notice_days")


def test_a_waiver_carried_after_its_case_was_withdrawn_is_certified_all_the_same(cast: Cast) -> None:
    case = short_of_notice(cast)
    ballot = boards.open_ballot_for(cast, make.ask_for_waiver(cast, case, "notice_days"))
    withdraw_case(actor=cast.steward, case_id=case.pk, reason="The contract was renewed.")
    boards.vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    assert ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk).carried
    assert Waiver.objects.filter(case=case, requirement="notice_days").exists()


def test_it_is_asked_on_a_page_that_offers_what_is_not_met(cast: Cast, signed_in: SignedIn) -> None:
    case = short_of_notice(cast)
    client = signed_in("member")
    assert "Ask the board for a waiver" in page(client, "lifecycle:case", case.pk)
    assert "Ask the board for a waiver" not in page(signed_in("archivist"), "lifecycle:case", case.pk)
    url = reverse("lifecycle:case-waive", args=[case.pk])
    html = page(client, "lifecycle:case-waive", case.pk)
    assert 'value="notice_days"' in html
    assert 'value="replacement_named"' not in html
    empty = client.post(url, {"requirement": "notice_days", "reason": ""})
    assert empty.status_code == 422
    sent = client.post(url, {"requirement": "notice_days", "reason": "The last user has left."})
    motion = Motion.objects.get(state="moved")
    assert sent["Location"] == reverse("board:motion", args=[motion.pk])
    assert "Change the text" not in page(client, "board:motion", motion.pk)
    shown = page(client, "lifecycle:case", case.pk)
    assert f"Proposal {motion.number}</a> asks the board to waive it." in shown
    assert "Ask the board for a waiver" not in shown
    assert "Everything that is not met was asked for" in page(client, "lifecycle:case-waive", case.pk)
    make.decide(cast, motion)
    assert "Nothing needs a waiver" in page(client, "lifecycle:case-waive", case.pk)
    assert "waived for 1" in page(signed_in("steward"), "lifecycle:requirements")


def test_minutes_say_what_it_does_and_a_hidden_case_hides_its_waiver(cast: Cast, signed_in: SignedIn) -> None:
    case = short_of_notice(cast)
    certificate = make.decide(cast, make.ask_for_waiver(cast, case, "notice_days"))
    minutes = page(signed_in("member"), "board:ballot-minutes", certificate.ballot_id)
    assert "“Notice days” no longer keeps" in minutes
    url = reverse("board_public:decision", args=[certificate.number])
    assert Client().get(url).status_code == 200
    change_case_visibility(
        actor=cast.steward, case_id=case.pk, visibility="internal", embargo_until=None, reason="Not yet."
    )
    assert Client().get(url).status_code == 404
