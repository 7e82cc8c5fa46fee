"""The desk as people use it: empty, asking, watching, reviewing, deciding, publishing."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.queries import waiting_for
from essays import commands
from essays.models import Essay, Publication, Review, Series
from modelcalls import runner
from tests.cast import Cast
from tests.factories import essays as make
from tests.provider import ScriptedProvider, says, stops_at_limit

SignIn = Callable[[str], Client]
TICKED = {f"check_{key}": "on" for key in make.ALL_TICKED}


def shown(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"essays:{name}", args=args))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(client: Client, name: str, essay: Essay, **data: str):
    return client.post(reverse(f"essays:{name}", args=[essay.id]), data)


def test_an_empty_desk_says_how_to_begin(cast: Cast, signed_in: SignIn) -> None:
    steward, editor = signed_in("steward"), signed_in("editor")
    assert "Found a column" in shown(steward, "essays")
    assert "A steward founds the first one" in shown(editor, "essays")
    assert "No column yet" in shown(steward, "series-list")
    assert "Found a column" in shown(steward, "essay-request")
    make.column(cast)
    assert "The desk is clear" in shown(editor, "essays")


def test_a_steward_founds_a_column_and_requests_an_essay_in_the_browser(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in("steward")
    author = make.make_author(cast, make.make_endpoint(cast, "http://127.0.0.1:9"))
    founding = {
        "ai_model": str(author.id),
        "title": "Marginalia",
        "cadence": "weekly",
        "promised_issues": "13",
        "prompt": make.PROMPT,
        "disclaimer": make.DISCLAIMER,
        "edit_policy": make.EDIT_POLICY,
    }
    response = client.post(reverse("essays:series-found"), founding)
    series = Series.objects.get()
    assert response.headers["Location"] == reverse("essays:series", args=[series.id])
    page = shown(client, "series", series.id)
    assert make.DISCLAIMER in page
    response = client.post(
        reverse("essays:essay-request"), {"series": str(series.id), "max_tokens": "300", "note": "Be brief."}
    )
    essay = Essay.objects.get()
    assert response.headers["Location"] == reverse("essays:essay", args=[essay.id])
    page = shown(client, "essay", essay.id)
    assert "Issue 1 is being written" in page
    assert "Be brief." in page


def test_a_refused_founding_keeps_what_was_typed(cast: Cast, signed_in: SignIn) -> None:
    author = make.make_author(cast, make.make_endpoint(cast, "http://127.0.0.1:9"))
    typed = {
        "ai_model": str(author.id),
        "title": "…",
        "cadence": "weekly",
        "promised_issues": "13",
        "prompt": "A prompt I wrote at length",
        "disclaimer": "d",
        "edit_policy": "e",
    }
    response = signed_in("steward").post(reverse("essays:series-found"), typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert "A prompt I wrote at length" in page
    assert "title with letters or figures" in page


def test_while_no_model_server_answers_the_page_says_that_nothing_is_lost(
    cast: Cast, signed_in: SignIn
) -> None:
    essay = make.requested(cast)
    runner.run(essay.call_id)
    client = signed_in("steward")
    page = shown(client, "essay", essay.id)
    assert "The last try got no answer" in page
    assert "nothing is lost" in page
    assert reverse("essays:essay-progress", args=[essay.id]) in page
    live = client.get(reverse("essays:essay-progress", args=[essay.id]))
    assert "HX-Refresh" not in live.headers
    assert "hx-get" in live.content.decode()


def test_the_live_part_loads_the_page_anew_once_the_author_has_answered(
    cast: Cast, signed_in: SignIn
) -> None:
    essay = make.written(cast)
    live = signed_in("editor").get(reverse("essays:essay-progress", args=[essay.id]))
    assert live.headers["HX-Refresh"] == "true"
    assert "hx-get" not in live.content.decode()


def test_two_editors_review_and_a_publisher_publishes_in_the_browser(cast: Cast, signed_in: SignIn) -> None:
    essay = make.written(cast)
    digest = make.text_of(essay).essay_digest
    page = shown(signed_in("editor"), "essay", essay.id)
    assert "May issue 1 stand as written?" in page
    assert "Read issue 1</a>" in signed_in("editor").get(reverse("essays:essays")).content.decode()
    assert "Read issue 1</a>" not in signed_in("publisher").get(reverse("essays:essays")).content.decode()
    assert "None of two reviews is in." in page
    for who in ("editor", "second_editor"):
        response = post(
            signed_in(who), "essay-review", essay, digest=digest, recommendation="publish", **TICKED
        )
        assert response.status_code == 303, response.content.decode()
    assert "Issue 1 may go out" in shown(signed_in("publisher"), "essay", essay.id)
    response = post(signed_in("publisher"), "essay-publish", essay, digest=digest)
    assert response.status_code == 303
    assert Publication.objects.get().essay_digest == digest
    assert "Issue 1 is out" in shown(signed_in("steward"), "essay", essay.id)


def test_an_open_check_refuses_the_recommendation_and_keeps_the_note(cast: Cast, signed_in: SignIn) -> None:
    essay = make.written(cast)
    most = {key: value for key, value in TICKED.items() if key != "check_third_parties"}
    response = post(
        signed_in("editor"),
        "essay-review",
        essay,
        digest=make.text_of(essay).essay_digest,
        recommendation="publish",
        comment="The link at the end?",
        **most,
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Open: Third parties and links are sound." in page
    assert "The link at the end?" in page
    assert not Review.objects.exists()


def test_a_review_of_a_text_that_changed_is_409_and_the_page_then_bears_the_new_digest(
    cast: Cast, signed_in: SignIn
) -> None:
    essay = make.written(cast)
    read = make.text_of(essay).essay_digest
    commands.adopt_wording(actor=cast.steward, series_id=essay.series_id, kind="disclaimer", text="Another.")
    commands.renew_disclaimer(actor=cast.steward, essay_id=essay.id)
    client = signed_in("editor")
    response = post(client, "essay-review", essay, digest=read, recommendation="publish", **TICKED)
    page = response.content.decode()
    assert response.status_code == 409
    assert "The text has changed since you opened this page" in page
    assert read not in page
    assert f'name="digest" value="{make.text_of(essay).essay_digest}"' in page
    assert not Review.objects.exists()


def test_the_other_editors_review_is_not_on_the_page_until_ones_own_is_submitted(
    cast: Cast, signed_in: SignIn
) -> None:
    essay = make.written(cast)
    make.review(cast.editor, essay, comment="The second paragraph carries it.")
    for who in ("second_editor", "steward", "publisher", "member"):
        page = shown(signed_in(who), "essay", essay.id)
        assert "The second paragraph carries it." not in page
        assert "recommends publication" not in page
        assert "1 editor has submitted" in page
    assert "The second paragraph carries it." in shown(signed_in("editor"), "essay", essay.id)
    assert "The second paragraph carries it." in shown(signed_in("auditor"), "essay", essay.id)


def test_a_paused_essay_is_decided_by_an_editor_and_a_board_member(cast: Cast, signed_in: SignIn) -> None:
    essay = make.written(cast)
    make.veto(cast.editor, essay)
    digest = make.text_of(essay).essay_digest
    assert "Decide whether it stands" in shown(signed_in("member"), "essay", essay.id)
    said = {
        "digest": digest,
        "decision": "decline",
        "reason_code": "privacy",
        "rationale": "He can be found.",
    }
    for who, capacity in (("second_editor", "editor"), ("member", "board_member")):
        response = post(signed_in(who), "essay-decide", essay, capacity=capacity, **said)
        assert response.status_code == 303, response.content.decode()
    assert "Issue 1 was declined" in shown(signed_in("editor"), "essay", essay.id)


def test_every_try_stays_on_the_page(cast: Cast, signed_in: SignIn) -> None:
    essay = make.written(cast, stops_at_limit("And so, in the end, I"))
    client = signed_in("steward")
    page = shown(client, "essay", essay.id)
    assert "Issue 1 was not written" in page
    assert "And so, in the end, I" in page
    assert "The author may be asked three times more." in page
    response = post(client, "essay-ask-again", essay, reason="Cut off", max_tokens="900")
    assert response.status_code == 303
    page = shown(client, "essay", essay.id)
    assert "Issue 1 is being written" in page
    assert "And so, in the end, I" in page


def test_only_who_may_see_model_calls_is_led_to_them(cast: Cast, signed_in: SignIn) -> None:
    essay = make.written(cast, stops_at_limit())
    address = reverse("modelcalls:call-record", args=[essay.call_id])
    for who, led in (
        ("steward", True),
        ("editor", True),
        ("auditor", True),
        ("publisher", False),
        ("member", False),
    ):
        assert (address in shown(signed_in(who), "essay", essay.id)) == led, who
        assert (signed_in(who).get(address).status_code == 200) == led, who


def test_what_waits_for_whom(cast: Cast) -> None:
    def titles(who: str) -> list[tuple[str, str]]:
        told = waiting_for(getattr(cast, who))
        return [(item.action, item.url) for item in told if item.url.startswith("/desk/essays/")]

    failed = make.written(cast, stops_at_limit(), title="First")
    assert titles("steward") == [("Look", f"/desk/essays/{failed.id}/")]
    essay = make.written(cast, title="Second")
    url = f"/desk/essays/{essay.id}/"
    assert titles("editor") == titles("second_editor") == [("Review", url)]
    make.review(cast.editor, essay)
    assert titles("editor") == []
    make.review(cast.second_editor, essay)
    assert titles("publisher") == [("Publish", url)]
    assert titles("member") == titles("auditor") == titles("outsider") == []
    paused = make.written(cast, title="Third")
    make.veto(cast.editor, paused)
    assert ("Decide", f"/desk/essays/{paused.id}/") in titles("member")


@pytest.mark.parametrize("name", ["essay", "essay-review", "essay-withdraw", "essay-progress"])
def test_an_essay_that_is_not_there_is_404(cast: Cast, signed_in: SignIn, name: str) -> None:
    url = reverse(f"essays:{name}", args=["6c1d7b7e-24f2-4f2b-9d4b-3f5b1d1e6a11"])
    assert signed_in("editor").get(url).status_code == 404


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_take_as_many_queries_with_one_row_as_with_ten(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in("editor")
    urls = [
        reverse("essays:essays"),
        reverse("essays:series-list"),
        reverse("essays_public:columns"),
    ]
    with ScriptedProvider() as provider:
        provider.usual = says(make.TEXT)
        series = make.column(cast, provider.url)
        urls += [
            reverse("essays:series", args=[series.id]),
            reverse("essays_public:column", args=[series.slug]),
        ]

        def one_more(*, out: bool) -> None:
            essay = make.requested(cast, series)
            runner.run(essay.call_id)
            if out:
                make.review(cast.editor, essay)
                make.review(cast.second_editor, essay)
                commands.publish_essay(
                    actor=cast.publisher, essay_id=essay.id, digest=make.text_of(essay).essay_digest
                )

        one_more(out=True)
        one_more(out=False)
        before = [queries_of(client, url) for url in urls]
        for _ in range(3):
            one_more(out=True)
            one_more(out=False)
        assert [queries_of(client, url) for url in urls] == before
    assert max(before) <= 12, before


def test_the_essay_page_takes_at_most_twelve_queries(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in("second_editor")
    essay = make.written(cast)
    make.review(cast.editor, essay)
    assert queries_of(client, reverse("essays:essay", args=[essay.id])) <= 12
    paused = make.written(cast, title="Another")
    make.veto(cast.editor, paused)
    assert queries_of(client, reverse("essays:essay", args=[paused.id])) <= 12
    waits = make.requested(cast, make.column(cast, title="A third"))
    assert queries_of(client, reverse("essays:essay", args=[waits.id])) <= 12
