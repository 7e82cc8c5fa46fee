"""Models, cases and promises on the desk: what is shown, what each form does, what a refusal says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import commands as accounts
from accounts.queries import waiting_for
from board.commands import ballots, motions
from core import clock
from lifecycle.models import AIModel, Case, Commitment, Fact
from lifecycle.states import CaseState
from tests.factories import board as boards
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def case_url(name, case):
    return reverse(f"lifecycle:{name}", args=[case.pk])


def test_empty_lists_say_how_to_begin(signed_in):
    steward = signed_in("steward")
    assert "Register the first one." in text(steward.get("/desk/models/"))
    assert "A steward opens one from a model’s page." in text(steward.get("/desk/cases/"))
    assert "makes the first promise" in text(steward.get("/desk/commitments/"))


def test_a_steward_registers_a_model_and_lands_on_it(signed_in):
    response = signed_in("steward").post(
        "/desk/models/new/",
        {"name": "Wren", "provider": "The Institute", "ours": "on", "released_on": "2024-03-12"},
    )
    ai_model = AIModel.objects.get()
    assert (response.status_code, response.url) == (303, f"/desk/models/{ai_model.pk}/")
    assert (ai_model.ours, Fact.objects.get().kind) == (True, "released")


def test_a_taken_name_keeps_what_was_typed_and_says_so(signed_in, cast):
    make.make_ai_model(cast)
    response = signed_in("steward").post(
        "/desk/models/new/",
        {"name": "Wren", "provider": "The Aldgate Institute", "slug": "w2", "family": "Passerines"},
    )
    assert response.status_code == 422
    assert "is registered already" in text(response)
    assert "Passerines" in text(response)


def test_a_case_goes_from_opening_to_the_board_by_its_forms(signed_in, cast):
    board = boards.found_board(cast)
    ai_model = make.make_ai_model(cast)
    steward = signed_in("steward")
    opened = steward.post(
        "/desk/cases/new/", {"kind": "retire", "ai_model_id": ai_model.pk, "board_id": board.pk}
    )
    case = Case.objects.get()
    assert opened.url == case_url("case-edit", case)
    words = {**make.BRIEF, "title": "Retire Wren", "ends_as": "retired"}
    assert steward.post(opened.url, words).url == case_url("case", case)
    assert steward.post(case_url("case-freeze", case)).status_code == 303
    case.refresh_from_db()
    assert case.state == CaseState.READY
    form = steward.get(case_url("case-propose", case)).context["form"]
    response = steward.post(case_url("case-propose", case), {"digest": form["digest"].value()})
    assert response.status_code == 303
    case.refresh_from_db()
    assert (case.state, case.motion.text) == (CaseState.BALLOTED, make.BRIEF["asked"])


def test_looking_at_a_form_changes_nothing(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast))
    steward = signed_in("steward")
    for name in ("case-edit", "case-freeze", "case-propose", "case-withdraw", "case-close"):
        assert steward.get(case_url(name, case)).status_code == 200
    case.refresh_from_db()
    assert case.state == CaseState.DRAFT
    assert not case.dossiers.exists()


def test_an_incomplete_brief_is_refused_with_what_is_missing(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast), cost="")
    response = signed_in("steward").post(case_url("case-freeze", case))
    assert response.status_code == 422
    assert "Still to say: what it costs" in text(response)


def test_the_wrong_moment_is_409_with_the_reason(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast))
    response = signed_in("steward").post(case_url("case-propose", case), {"digest": "0" * 64})
    assert response.status_code == 409
    assert "Freeze its dossier, then put it to the board." in text(response)


def test_not_a_steward_is_403_with_the_reason(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast))
    response = signed_in("member").post(case_url("case-freeze", case))
    assert response.status_code == 403
    assert "Only a steward freezes the dossier of case" in text(response)


def test_a_case_that_is_not_there_is_404(signed_in, cast):
    missing = reverse("lifecycle:case", args=["00000000-0000-0000-0000-000000000000"])
    assert signed_in("steward").get(missing).status_code == 404


def test_the_page_of_a_case_says_where_it_is_and_what_blocks_it(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast))
    page = text(signed_in("steward").get(case_url("case", case)))
    assert "Retirement interview signed off" in page
    assert "What blocks it?" in page
    assert "Freeze dossier" in page
    assert make.BRIEF["argument_against"] in page


def test_a_decided_case_shows_its_result_effects_and_promise(signed_in, cast):
    later = clock.today() + timedelta(days=30)
    case = make.make_case(cast, boards.found_board(cast), retires_on=later, promise="Publish the interview")
    certificate = make.decide(cast, make.propose(cast, case))
    page = text(signed_in("steward").get(case_url("case", case)))
    assert certificate.sentence.replace("’", "’") in page
    assert "Waiting for its day" in page
    assert "Publish the interview" in page


def test_cases_are_filtered_and_paged_by_number(signed_in, cast):
    board, ai_model = boards.found_board(cast), make.make_ai_model(cast)
    for _ in range(27):
        make.make_case(cast, board, ai_model=ai_model)
    steward = signed_in("steward")
    page = steward.get("/desk/cases/").context["page"]
    assert (len(page.rows), bool(page.older), page.newer) == (25, True, "")
    rest = steward.get("/desk/cases/", {"state": "live", "cursor": page.older}).context["page"]
    assert len(rest.rows) == 2
    assert steward.get("/desk/cases/?state=closed").context["page"].rows == []


def test_an_owner_records_a_promise_as_kept(signed_in, cast):
    commitment = make.make_commitment(cast, make.make_ai_model(cast))
    url = reverse("lifecycle:commitment-keep", args=[commitment.pk])
    archivist = signed_in("archivist")
    assert archivist.post(url, {"evidence": ""}).status_code == 422
    assert archivist.post(url, {"evidence": "Three of three copies are whole."}).status_code == 303
    assert Commitment.objects.get().state == "kept"
    assert "Three of three copies are whole." in text(archivist.get("/desk/commitments/"))


def test_overdue_promises_are_found(signed_in, cast):
    ai_model = make.make_ai_model(cast)
    make.make_commitment(cast, ai_model, due_on=clock.today() - timedelta(days=1))
    make.make_commitment(cast, ai_model, text="Later", due_on=clock.today() + timedelta(days=90))
    rows = signed_in("steward").get("/desk/commitments/?state=overdue").context["page"].rows
    assert [row.text for row in rows] == ["Keep the weights in three copies"]


def test_a_stewards_next_steps_and_an_owners_promise_stand_on_today(cast):
    case = make.make_case(cast, boards.found_board(cast))
    make.make_commitment(cast, case.ai_model, due_on=clock.today() - timedelta(days=1))
    mine = [(item.title, item.action) for item in waiting_for(cast.steward)]
    assert (str(case), "Write the brief") in mine
    assert ("Keep the weights in three copies", "Add evidence") in mine
    theirs = [item.title for item in waiting_for(cast.archivist)]
    assert theirs == ["Keep the weights in three copies"]


def test_the_vote_shows_the_brief_as_it_was_frozen(signed_in, cast):
    motion = make.propose(cast, make.make_case(cast, boards.found_board(cast)))
    ballot = boards.open_ballot_for(cast, motion)
    page = text(signed_in("chair").get(reverse("board:ballot", args=[ballot.pk])))
    assert make.BRIEF["argument_against"] in page
    assert f'Dossier 1</a> of <a href="/desk/cases/{motion.subject_id}/">' in page


def test_a_decision_in_public_says_why_without_the_costs(client, cast):
    certificate = make.decide(cast, make.propose(cast, make.make_case(cast, boards.found_board(cast))))
    page = text(client.get(f"/decisions/{certificate.number}/"))
    assert make.BRIEF["argument_against"] in page
    assert make.BRIEF["cost"] not in page


def test_a_decision_in_public_says_what_follows_and_one_that_fell_says_nothing_follows(client, cast):
    board = boards.found_board(cast)
    case = make.make_case(cast, board, promise="Keep the weights in three copies.")
    carried = make.decide(cast, make.propose(cast, case))
    other = make.make_case(cast, board, ai_model=make.make_ai_model(cast, name="Haldane 2"))
    fallen = make.decide(cast, make.propose(cast, other), position="reject")
    page = text(client.get(f"/decisions/{carried.number}/"))
    assert "What follows" in page
    assert carried.effects.exists()
    assert all(effect.get_state_display() in page for effect in carried.effects.all())
    assert page.index("What follows") < page.index("Keep the weights in three copies.")
    assert "What follows" not in text(client.get(f"/decisions/{fallen.number}/"))


def test_a_case_under_vote_shows_where_the_vote_stands_to_who_may_read_it(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast))
    ballot = boards.open_ballot_for(cast, make.propose(cast, case))
    boards.vote(ballot, "hold", cast.member, lifts_when="The third copy is checked.")
    steward, live = signed_in("steward"), reverse("board:ballot-tally", args=[ballot.pk])
    page = text(steward.get(case_url("case", case)))
    assert "Where the vote stands" in page
    assert f'hx-get="{live}"' in page
    assert f'href="{reverse("board:ballot", args=[ballot.pk])}#standing"' in page
    assert f"the hold by {cast.member.name} to be lifted" in text(steward.get(live))
    assert "Where the vote stands" not in text(signed_in("interviewer").get(case_url("case", case)))
    assert queries_of(steward, case_url("case", case)) <= 12


def test_the_case_of_a_vendors_model_does_not_ask_for_an_interview(signed_in, cast):
    theirs = make.make_ai_model(cast, name="lantern-2", provider="Lantern Labs", ours=False)
    case = make.make_case(cast, boards.found_board(cast), ai_model=theirs, kind="respond")
    assert "It has not been heard yet" not in text(signed_in("steward").get(case_url("case", case)))


def test_a_recused_member_is_not_shown_the_papers_of_the_case_either(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast))
    ballot = boards.open_ballot_for(cast, make.propose(cast, case))
    member = signed_in("member")
    assert member.get(case_url("case", case)).status_code == 200
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="authored", text="I trained it.")
    response = member.get(case_url("case", case))
    assert response.status_code == 403
    assert "You recused yourself from the vote on case" in text(response)
    assert make.BRIEF["argument_against"] not in text(response)
    assert signed_in("chair").get(case_url("case", case)).status_code == 200


def test_a_withdrawn_motion_makes_the_case_editable_again(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast))
    motion = make.propose(cast, case)
    motions.withdraw_motion(actor=cast.steward, motion_id=motion.pk, reason="The cost was wrong.")
    steward = signed_in("steward")
    assert f'href="{case_url("case-edit", case)}"' in steward.get(case_url("case", case)).content.decode()


def queries_of(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", ["/desk/cases/", "/desk/commitments/", "/desk/models/"])
def test_lists_ask_at_most_12_queries_however_long(signed_in, cast, url):
    board = boards.found_board(cast)
    steward = signed_in("steward")

    def add(names):
        for name in names:
            ai_model = make.make_ai_model(cast, name=name)
            make.make_case(cast, board, ai_model=ai_model)
            make.make_commitment(cast, ai_model)

    add(["A", "B", "C"])
    few = queries_of(steward, url)
    add([f"Model {number}" for number in range(20)])
    assert queries_of(steward, url) == few <= 12


def test_the_page_of_a_case_asks_a_bounded_number_of_queries(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast), retires_on=clock.today() + timedelta(days=30))
    steward = signed_in("steward")
    few = queries_of(steward, case_url("case", case))
    make.decide(cast, make.propose(cast, case))
    for _ in range(10):
        make.make_fact(cast, case.ai_model, "not_sooner_than", effective=clock.today())
    assert few <= 12
    assert queries_of(steward, case_url("case", case)) <= 12


def test_a_steward_hands_a_model_over_and_connects_it_without_losing_what_was_not_named(signed_in, cast):
    first, second = make.make_ai_model(cast, name="Haldane 1"), make.make_ai_model(cast, family="Passerines")
    admin = accounts.admit_person(actor=cast.steward, name="Second steward", email="two@example.org")
    accounts.grant_role(actor=cast.steward, person_id=admin.pk, role="steward")
    client = signed_in("steward")
    url = f"/desk/models/{second.pk}/edit/"
    form = client.get(url).context["form"]
    assert set(form.fields["steward_id"].queryset) >= {admin, cast.person("steward")}
    assert cast.person("editor") not in form.fields["steward_id"].queryset
    assert second not in form.fields["succeeds_id"].queryset
    said = {"steward_id": admin.pk, "family": "Passerines", "succeeds_id": first.pk}
    assert client.post(url, said).status_code == 303
    second.refresh_from_db()
    assert (second.steward, second.succeeds, second.family) == (admin, first, "Passerines")
    assert "Second steward" in text(client.get(f"/desk/models/{second.pk}/"))
    assert client.post(url, {**said, "steward_id": cast.person("editor").pk}).status_code == 422


def test_auditors_find_the_history_of_a_record_and_others_are_not_led_to_a_closed_door(signed_in, cast):
    case = make.make_case(cast, boards.found_board(cast))
    link = f"/desk/audit/?object=lifecycle.Case:{case.pk}"
    auditor = signed_in("auditor")
    assert link in auditor.get(case_url("case", case)).content.decode()
    assert "case opened" in text(auditor.get(link)).lower()
    assert link not in signed_in("steward").get(case_url("case", case)).content.decode()


def test_a_vendors_end_that_has_come_reads_retired_and_one_to_come_reads_retires(signed_in, cast):
    gone = make.make_ai_model(cast, name="Gone", provider="Vendor", ours=False)
    make.make_fact(cast, gone, "retires_on", effective=clock.today() - timedelta(days=10))
    coming = make.make_ai_model(cast, name="Coming", provider="Vendor", ours=False)
    make.make_fact(cast, coming, "retires_on", effective=clock.today() + timedelta(days=10))
    steward = signed_in("steward")
    labels = {
        model.name: [row.label for row in steward.get(f"/desk/models/{model.pk}/").context["life"].rows]
        for model in (gone, coming)
    }
    assert labels == {"Gone": ["Retired"], "Coming": ["Retires"]}
