"""The pages of model calls."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from modelcalls import runner
from modelcalls.commands import claim_call
from modelcalls.models import Call, Endpoint
from modelcalls.policies import RUNNER
from tests import provider as script
from tests.factories.modelcalls import Asker, queued, scripted_endpoint
from tests.provider import ScriptedProvider

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def made(endpoint: Endpoint, provider: ScriptedProvider, *steps: script.Step, **options: Any) -> Call:
    provider.will(*steps)
    call = queued(endpoint, **options)
    runner.run(call.pk)
    return Call.objects.get(pk=call.pk)


def test_an_empty_list_says_how_a_call_begins(signed_in: SignedIn) -> None:
    page = text_of(signed_in("steward").get("/desk/calls/"))
    assert "A call begins when an interview runs or an essay is requested." in page
    assert "Filter the calls" not in page
    assert "Filter the calls" in text_of(signed_in("steward").get("/desk/calls/", {"state": "failed"}))


def test_the_list_shows_each_call_with_its_state(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    made(endpoint, provider, script.refuses())
    made(endpoint, provider, script.stops_at_limit())
    page = text_of(signed_in("auditor").get("/desk/calls/"))
    assert "Declined by the model" in page
    assert "Cut off at the limit" in page
    assert page.count(endpoint.name) >= 2


@pytest.mark.parametrize(
    ("query", "shown"),
    [("state=refused", 1), ("state=completed", 0), ("purpose=tests.answer", 2), ("state=odd", 2)],
)
def test_the_list_is_filtered_from_the_address(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn, query: str, shown: int
) -> None:
    made(endpoint, provider, script.refuses())
    made(endpoint, provider, script.stops_at_limit())
    response = signed_in("steward").get(f"/desk/calls/?{query}")
    assert len(response.context["rows"]) == shown


def test_the_list_is_filtered_by_endpoint_and_says_when_nothing_matches(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    made(endpoint, provider, script.says("Yes."))
    other = scripted_endpoint(provider)
    client = signed_in("steward")
    assert len(client.get(f"/desk/calls/?endpoint={endpoint.pk}").context["rows"]) == 1
    assert "No call matches." in text_of(client.get(f"/desk/calls/?endpoint={other.pk}"))
    assert len(client.get("/desk/calls/?endpoint=nonsense").context["rows"]) == 1


def test_the_list_is_paged_by_key(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr("modelcalls.views.calls.PAGE", 2)
    numbers = [made(endpoint, provider).number for _ in range(3)]
    client = signed_in("steward")
    first = client.get("/desk/calls/")
    assert [row[0].number for row in first.context["rows"]] == numbers[:0:-1]
    second = client.get("/desk/calls/", {"cursor": first.context["page"].older})
    assert [row[0].number for row in second.context["rows"]] == numbers[:1]


def test_people_see_only_the_calls_made_for_them(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    call = made(endpoint, provider)
    assert len(signed_in("interviewer").get("/desk/calls/").context["rows"]) == 1
    editor = signed_in("editor")
    assert editor.get("/desk/calls/").context["rows"] == []
    assert editor.get(f"/desk/calls/{call.pk}/").status_code == 404
    assert signed_in("chair").get("/desk/calls/").status_code == 403


def test_the_list_takes_as_many_queries_for_thirty_calls_as_for_three(
    endpoint: Endpoint, asker: Asker, signed_in: SignedIn, provider: ScriptedProvider
) -> None:
    client = signed_in("steward")
    counts = []
    for more in (3, 27):
        for _ in range(more):
            queued(endpoint)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get("/desk/calls/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_a_call_shows_the_question_every_attempt_and_what_crossed_the_wire(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    provider.will(script.fails(503, "overloaded"), script.says("Keep the letters.", tokens=(1234, 4)))
    call = queued(endpoint, system="Be brief.", temperature=0.4)
    runner.run(call.pk)
    with clock.moved(timedelta(minutes=5)):
        runner.run(call.pk)
    page = text_of(signed_in("auditor").get(f"/desk/calls/{call.pk}/"))
    for words in (
        "What should we keep?",
        "Be brief.",
        "Attempt 1",
        "The provider answered 503: overloaded.",
        "Attempt 2",
        "Keep the letters.",
        "1,234 read, 4 written",
        "end_turn",
        "req-2",
        "Request as it was sent",
        "Response as it came",
        "&quot;temperature&quot;: 0.4",
    ):
        assert words in page
    assert "hx-get" not in page


def test_what_a_model_says_is_shown_as_plain_text(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    attack = '<script>alert(1)</script><img src=x onerror=alert(2)> {% now "Y" %}\u202eevil'
    call = made(endpoint, provider, script.says(attack), messages=[{"role": "assistant", "content": attack}])
    page = signed_in("steward").get(f"/desk/calls/{call.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{% now" in page


def test_a_key_never_reaches_a_page_or_the_database(
    provider: ScriptedProvider, asker: Asker, signed_in: SignedIn, monkeypatch: Any, db: None
) -> None:
    monkeypatch.setenv("HALDANE_API_KEY", "sk-very-secret")
    endpoint = scripted_endpoint(provider, key_variable="HALDANE_API_KEY")
    call = made(endpoint, provider, script.says("Your key is sk-very-secret, I think."))
    page = signed_in("steward").get(f"/desk/calls/{call.pk}/").content.decode()
    assert "sk-very-secret" in str(provider.received[0].headers)
    assert "sk-very-secret" not in page
    with connection.cursor() as cursor:
        for table in (
            "modelcalls_attempt",
            "modelcalls_historicalattempt",
            "modelcalls_endpoint",
            "audit_event",
        ):
            cursor.execute(f"select count(*) from {table} t where t::text like '%%sk-very-secret%%'")
            assert cursor.fetchone() == (0,)


def test_asking_again_is_a_form_that_changes_nothing_until_it_is_sent(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    call = made(endpoint, provider, script.stops_at_limit())
    client = signed_in("interviewer")
    assert "Ask again" in text_of(client.get(f"/desk/calls/{call.pk}/"))
    assert client.get(f"/desk/calls/{call.pk}/retry/").status_code == 200
    assert Call.objects.get(pk=call.pk).state == "truncated"
    sent = client.post(f"/desk/calls/{call.pk}/retry/", {"reason": "It was cut off."})
    assert (sent.status_code, sent["Location"]) == (303, f"/desk/calls/{call.pk}/")
    assert Call.objects.get(pk=call.pk).state == "queued"
    twice = client.post(f"/desk/calls/{call.pk}/retry/", {"reason": "Again, by a double click."})
    assert twice.status_code == 409
    assert "This call is under way." in text_of(twice)
    assert "Again, by a double click." in text_of(twice)


def test_a_model_that_declined_is_offered_no_second_asking(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    call = made(endpoint, provider, script.refuses())
    client = signed_in("steward")
    assert f"/desk/calls/{call.pk}/retry/" not in text_of(client.get(f"/desk/calls/{call.pk}/"))
    assert client.post(f"/desk/calls/{call.pk}/retry/").status_code == 409


def test_an_answer_that_could_not_be_handed_on_waits_on_today_and_is_handed_on_again(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    asker.fails = RuntimeError("the interview is closed")
    call = made(endpoint, provider)
    client = signed_in("steward")
    assert f"{call} could not be handed on" in text_of(client.get("/desk/"))
    assert "the interview is closed" in text_of(client.get(f"/desk/calls/{call.pk}/"))
    still = client.post(f"/desk/calls/{call.pk}/deliver/")
    assert still.status_code == 409
    assert "still could not be handed on" in text_of(still)
    asker.fails = None
    assert client.post(f"/desk/calls/{call.pk}/deliver/").status_code == 303
    assert asker.received == [("completed", "A scripted answer.")]
    assert "could not be handed on" not in text_of(client.get("/desk/"))


def test_a_failed_call_waits_for_stewards_on_today(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    call = made(endpoint, provider, script.fails(404, "no such model"))
    assert f"{call} came to nothing" in text_of(signed_in("steward").get("/desk/"))
    assert "came to nothing" not in text_of(signed_in("auditor").get("/desk/"))


def test_a_running_call_refreshes_itself_and_an_ended_one_does_not(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    call = queued(endpoint)
    claim_call(actor=RUNNER, call_id=call.pk)
    client = signed_in("steward")
    page = text_of(client.get(f"/desk/calls/{call.pk}/"))
    assert "The model is being asked." in page
    assert f'hx-get="/desk/calls/{call.pk}/"' in page
    part = client.get(f"/desk/calls/{call.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "The model is being asked." in part


def test_without_a_broker_the_page_says_that_calls_wait_and_nothing_is_lost(
    endpoint: Endpoint, asker: Asker, signed_in: SignedIn, broker_down: None
) -> None:
    calls = [queued(endpoint) for _ in range(3)]
    client = signed_in("steward")
    sentence = "The queue is not answering; 3 calls wait and nothing is lost."
    assert sentence in text_of(client.get("/desk/calls/"))
    assert sentence in text_of(client.get(f"/desk/calls/{calls[0].pk}/"))
    assert Call.objects.filter(state="queued").count() == 3


def test_without_a_model_server_the_page_says_so_and_the_call_stays_queued(
    endpoint: Endpoint, provider: ScriptedProvider, asker: Asker, signed_in: SignedIn
) -> None:
    call = made(endpoint, provider, script.drops())
    page = text_of(signed_in("steward").get("/desk/calls/"))
    assert f"“{endpoint.name}” did not answer when it was last asked." in page
    assert "nothing is lost" in page
    assert call.state == "queued"
