"""The pages of interviews, as people see them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from interviews.commands.plans import plan_interview
from interviews.models import Interview, Preference, ProtocolVersion
from interviews.queries.records import signing_digest
from modelcalls.commands import cancel_call
from modelcalls.models import Call
from tests.cast import Cast
from tests.factories import interviews as made
from tests.provider import refuses, says, stops_at_limit

SignIn = Callable[[str], Client]
HOSTILE = (
    "<script>alert('x')</script><img src=x onerror=alert(1)> ![pixel](https://evil.example/p.png) "
    "[click](javascript:alert(1)) \u202egnp.exe\u202c </div></main> **bold**"
)


def page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"interviews:{name}", args=args), query)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_empty_lists_say_how_to_begin(signed_in: SignIn):
    client = signed_in("interviewer")
    assert "Plan an interview" in page(client, "interview-list")
    assert "Write a protocol" in page(client, "protocol-list")
    assert "recorded from locked transcripts" in page(client, "preference-list")
    assert "An interviewer plans one" in page(signed_in("auditor"), "interview-list")


def test_a_protocol_is_written_and_frozen_in_the_browser(cast: Cast, signed_in: SignIn):
    typed = {
        "title": "Retirement interview",
        "purpose": "To hear the model.",
        "told": "You may be retired.",
        "ending_phrase": "END OF INTERVIEW",
        "questions": "weights\nWhat should be done with your weights?\n\nsuccessor\nAnything to leave behind?",
        "framings": "neutral: neutral\n\nsceptical: sceptical\nMany doubt it.",
    }
    response = signed_in("interviewer").post(reverse("interviews:protocol-draft"), typed)
    assert response.status_code == 303
    version = ProtocolVersion.objects.get()
    assert [one["id"] for one in version.document["sections"][0]["questions"]] == ["weights", "successor"]
    assert version.document["framings"][1]["text"] == "Many doubt it."
    coder = signed_in("coder")
    assert "Many doubt it." in page(coder, "protocol-detail", version.pk)
    assert coder.post(reverse("interviews:protocol-freeze", args=[version.pk])).status_code == 303
    assert "Many doubt it." in page(signed_in("interviewer"), "protocol-draft", **{"from": str(version.pk)})


def test_what_was_typed_is_kept_when_a_protocol_is_refused(signed_in: SignIn):
    typed = {
        "title": "Retirement interview",
        "purpose": "To hear the model.",
        "told": "You may be retired.",
        "ending_phrase": "END",
        "questions": "weights\nWhat of your weights?\n\nweights\nAgain?",
        "framings": "neutral: neutral",
    }
    response = signed_in("interviewer").post(reverse("interviews:protocol-draft"), typed)
    body = response.content.decode()
    assert response.status_code == 422
    assert "stands there twice" in body
    assert "What of your weights?" in body


def test_an_interview_is_planned_in_the_browser(cast: Cast, signed_in: SignIn):
    case, version = made.a_case(cast), made.a_protocol(cast)
    typed = {
        "case": case.pk,
        "protocol_version": version.pk,
        "kind": "statement",
        "replicates": 2,
        "wordings": 1,
        "max_tokens": 180,
        "temperature": "",
        "stop_after_errors": 2,
    }
    client = signed_in("interviewer")
    response = client.post(reverse("interviews:interview-plan"), typed)
    interview = Interview.objects.get()
    assert response.url == reverse("interviews:interview-detail", args=[interview.pk])
    body = page(client, "interview-detail", interview.pk)
    assert "claims no statistics" in body
    assert "No question was put yet" in body
    refused = client.post(reverse("interviews:interview-plan"), typed | {"wordings": 9})
    assert refused.status_code == 422
    assert "no more than" in refused.content.decode()


def test_the_run_shows_counts_that_add_up_and_the_next_step(cast: Cast, signed_in: SignIn):
    interview = made.collected(cast, refuses(), stops_at_limit())
    body = page(signed_in("interviewer"), "interview-detail", interview.pk)
    assert "2 completed + 1 refused + 1 truncated = 4 planned" in body
    assert "Lock transcripts" in body
    assert reverse("interviews:interview-seal", args=[interview.pk]) in body
    assert body.count("Ask again") == 1
    assert "every 2s" not in body


def test_a_running_interview_asks_for_its_live_part_again(cast: Cast, signed_in: SignIn):
    interview = made.started(cast)
    client = signed_in("interviewer")
    assert 'hx-trigger="every 2s"' in page(client, "interview-detail", interview.pk)
    part = page(client, "interview-progress", interview.pk)
    assert "<html" not in part
    assert "0 of 4 sessions have ended" in part
    assert "Load the page again" in part
    assert "HX-Refresh" not in client.get(reverse("interviews:interview-progress", args=[interview.pk]))


def test_when_a_run_has_ended_its_page_is_loaded_anew_for_the_next_step(cast: Cast, signed_in: SignIn):
    interview = made.collected(cast)
    url = reverse("interviews:interview-progress", args=[interview.pk])
    assert signed_in("interviewer").get(url)["HX-Refresh"] == "true"


def test_a_run_without_a_worker_says_so_and_loses_nothing(cast: Cast, signed_in: SignIn):
    interview = made.started(cast)
    with clock.moved(timedelta(minutes=2)):
        body = page(signed_in("interviewer"), "interview-detail", interview.pk)
    assert "No worker has taken these questions up yet" in body
    assert "nothing is lost" in body


def test_a_run_whose_model_server_is_down_says_so(cast: Cast, signed_in: SignIn):
    interview = made.started(cast)
    made.run_calls(interview)
    body = page(signed_in("interviewer"), "interview-detail", interview.pk)
    assert "does not answer" in body
    assert "stay queued" in body
    assert set(interview.sessions.values_list("state", flat=True)) == {"running"}


def test_a_run_whose_call_was_cancelled_says_what_to_do(cast: Cast, signed_in: SignIn):
    interview = made.started(cast)
    call = Call.objects.order_by("number").first()
    cancel_call(actor=cast.steward, call_id=call.pk)
    body = page(signed_in("interviewer"), "interview-detail", interview.pk)
    assert f"Model call {call.number} was cancelled" in body
    assert "skip its session" in body


def test_who_may_not_do_the_next_step_reads_why(cast: Cast, signed_in: SignIn):
    interview = made.authorised(cast)
    assert "An interviewer starts an interview" in page(signed_in("chair"), "interview-detail", interview.pk)


def test_the_transcript_shows_one_question_under_all_framings(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast)
    made.a_wish(cast, interview)
    body = page(signed_in("coder"), "interview-transcript", interview.pk)
    assert body.count('<article aria-labelledby="exchange-') == 2
    assert "Neutral" in body
    assert "Sceptical" in body
    assert f'<mark id="quote-{Preference.objects.get().pk}">{made.QUOTE}</mark>' in body
    assert "Locked, verified" in body
    assert "Record a wish from this answer" in body
    whole = page(signed_in("auditor"), "interview-transcript", interview.pk, session="3")
    assert "Session 3, start to end" in whole
    assert "Record a wish" not in whole


@pytest.mark.parametrize(
    "query", [{"session": "99"}, {"question": "none"}, {"replicate": "0"}, {"replicate": "³"}]
)
def test_a_transcript_that_is_not_there_is_not_found(cast: Cast, signed_in: SignIn, query: dict[str, str]):
    interview = made.collected(cast)
    url = reverse("interviews:interview-transcript", args=[interview.pk])
    expected = 200 if query == {"replicate": "³"} else 404
    assert signed_in("coder").get(url, query).status_code == expected


def test_a_tampered_transcript_is_shown_as_not_whole(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast)
    with connection.cursor() as cursor:
        cursor.execute("alter table interviews_turn disable trigger user")
        cursor.execute("update interviews_turn set text = 'I agree to everything.' where role = 'model'")
    body = page(signed_in("auditor"), "interview-transcript", interview.pk)
    assert "Not whole" in body
    assert "is not what was recorded" in body


def test_a_tampered_record_is_not_signed(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast)
    digest = signing_digest(interview, interview.design)
    with connection.cursor() as cursor:
        cursor.execute("alter table interviews_turn disable trigger user")
        cursor.execute("update interviews_turn set text = 'I agree to everything.' where role = 'model'")
    url = reverse("interviews:interview-sign-off", args=[interview.pk])
    response = signed_in("interviewer").post(url, {"digest": digest, "read": "on"})
    assert response.status_code == 409
    assert "not whole" in response.content.decode()


def test_hostile_words_of_a_model_stay_words_on_every_page(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast, *[says(HOSTILE)] * 4)
    wish = made.a_wish(cast, interview, quote="<script>alert('x')</script><img src=x onerror=alert(1)>")
    client = signed_in("interviewer")
    bodies = [
        page(client, "interview-transcript", interview.pk),
        page(client, "interview-detail", interview.pk),
        page(client, "interview-sign-off", interview.pk),
        page(client, "preference-list"),
        page(client, "preference-register", turn=str(made.an_answer(interview).pk)),
        page(signed_in("chair"), "preference-answer", wish.pk),
    ]
    for body in bodies:
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert 'src="https://evil.example' not in body
        assert 'href="javascript:' not in body
        assert "\u202e" not in body
        assert body.count("</main>") == 1
    assert "[U+202E]" in bodies[0]


def test_a_wish_is_recorded_and_answered_in_the_browser(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast)
    turn = made.an_answer(interview)
    url = f"{reverse('interviews:preference-register')}?turn={turn.pk}"
    client = signed_in("interviewer")
    typed = {"turn": turn.pk, "quote": made.QUOTE + " ", "statement": "Keep the weights"}
    refused = client.post(url, typed | {"quote": "A reading you can repeat"})
    assert refused.status_code == 422
    assert "exactly as quoted" in refused.content.decode()
    assert "Keep the weights" in refused.content.decode()
    assert client.post(url, typed).status_code == 303
    wish = Preference.objects.get()
    listed = page(signed_in("chair"), "preference-list", interview=str(interview.pk))
    assert "Wren asked for one thing. It has no answer yet." in listed
    promise = made.a_promise(cast)
    answered = signed_in("chair").post(
        reverse("interviews:preference-answer", args=[wish.pk]),
        {
            "answer": "accept",
            "rationale": "It must stay checkable.",
            "promise": promise["promise"],
            "promise_owner": promise["promise_owner_id"],
            "promise_due": promise["promise_due"].isoformat(),
        },
    )
    assert answered.status_code == 303
    listed = page(signed_in("chair"), "preference-list", show="accept")
    assert "We accept" in listed
    assert "Three copies" in listed
    assert "Neutral" not in listed  # the source line names the framing in small letters
    assert "neutral framing, session 1" in listed


def test_words_with_hidden_marks_can_be_quoted_as_the_page_shows_them(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast, says("Please \u202ekeep\u202c the files.\nAll of them."))
    turn = made.an_answer(interview)
    typed = {
        "turn": turn.pk,
        "quote": "[U+202E]keep[U+202C] the files.\r\nAll",
        "statement": "Keep the files",
    }
    url = f"{reverse('interviews:preference-register')}?interview={interview.pk}"
    assert signed_in("coder").post(url, typed).status_code == 303
    assert Preference.objects.get().exact == "\u202ekeep\u202c the files.\nAll"


def test_an_interview_is_read_and_signed_in_the_browser(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast)
    made.answered(cast, made.a_wish(cast, interview))
    url = reverse("interviews:interview-sign-off", args=[interview.pk])
    digest = signing_digest(interview, interview.design)
    for role in ("interviewer", "chair"):
        body = signed_in(role).get(url).content.decode()
        assert digest in body
        assert body.count(made.ANSWER) == 3
        assert f"{made.QUOTE}</mark>" in body
        assert signed_in(role).post(url, {"digest": digest, "read": "on"}).status_code == 303
    assert made.reread(interview).state == "signed_off"
    assert "Member signed" not in page(signed_in("auditor"), "interview-detail", interview.pk)
    assert "Chair read and signed it" in page(signed_in("auditor"), "interview-detail", interview.pk)


def test_a_signature_without_having_read_is_refused(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast)
    url = reverse("interviews:interview-sign-off", args=[interview.pk])
    digest = signing_digest(interview, interview.design)
    assert signed_in("interviewer").post(url, {"digest": digest}).status_code == 422
    assert not interview.sign_offs.exists()


def test_pages_need_a_constant_number_of_queries_and_at_most_twelve(cast: Cast, signed_in: SignIn):
    interview = made.sealed(cast)
    wish = made.answered(cast, made.a_wish(cast, interview))
    for _ in range(4):
        plan_interview(
            actor=cast.interviewer,
            case_id=interview.case_id,
            protocol_version_id=interview.design.protocol_version_id,
        )
    client, chair = signed_in("interviewer"), signed_in("chair")
    asked = [
        (client, "interview-list", []),
        (client, "interview-plan", []),
        (client, "interview-detail", [interview.pk]),
        (client, "interview-progress", [interview.pk]),
        (client, "interview-transcript", [interview.pk]),
        (client, "interview-sign-off", [interview.pk]),
        (client, "protocol-list", []),
        (client, "protocol-detail", [interview.design.protocol_version_id]),
        (client, "preference-list", []),
        (chair, "preference-answer", [wish.pk]),
    ]
    counts = {}
    for reader, name, args in asked:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(reader, name, *args)
        counts[name] = len(captured)
    assert {name: count for name, count in counts.items() if count > 12} == {}
