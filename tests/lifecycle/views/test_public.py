"""The register and a model's page: what anybody sees, filters, the two dates, empty states, queries."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from lifecycle.models import AIModel
from tests.factories import board as boards
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db
MARCH, MAY = datetime(2026, 3, 12, tzinfo=UTC), datetime(2026, 5, 22, tzinfo=UTC)


def text(response):
    return " ".join(response.content.decode().split())


def test_an_empty_register_says_how_to_begin(client):
    page = text(client.get("/"))
    assert "Nothing is registered yet." in page
    assert "A steward registers a model on the desk." in page
    assert "manage.py import_deprecations" in page


def test_the_register_lists_331_real_notices_soonest_end_first(client):
    make.import_copy("2026-05-22", known_at=MAY)
    page = text(client.get("/?as_of=2026-11-22"))
    assert "1 to 20 of 331" in page
    assert page.index("gpt-5.1-codex-max") < page.index("Kimi-K2.5")
    assert 'newest copy <time datetime="2026-05-22">22 May 2026</time>' in page


def test_every_notice_is_reached_once_by_paging(client):
    make.import_copy("2026-05-22", known_at=MAY)
    seen, url = [], "/?as_of=2026-11-22"
    while url:
        vendors = client.get(url).context["vendors"]
        seen += [row.notice.pk for row in vendors.rows]
        url = vendors.older_url if vendors.older else ""
    assert len(seen) == len(set(seen)) == 331


def test_a_page_back_shows_what_the_page_before_showed(client):
    make.import_copy("2026-05-22", known_at=MAY)
    first = client.get("/").context["vendors"]
    second = client.get("/", {"cursor": first.older}).context["vendors"]
    back = client.get("/", {"cursor": second.newer}).context["vendors"]
    assert [row.notice.pk for row in back.rows] == [row.notice.pk for row in first.rows]
    assert (first.newer, back.newer) == ("", "")


def test_a_cursor_from_nowhere_shows_the_first_page(client):
    make.import_copy("2026-05-22", known_at=MAY)
    first = client.get("/").context["vendors"]
    odd = client.get("/", {"cursor": "<nobody/nothing"}).context["vendors"]
    assert [row.notice.pk for row in odd.rows] == [row.notice.pk for row in first.rows]


def test_the_register_filters_by_name_provider_and_stage(client):
    make.import_copy("2026-05-22", known_at=MAY)
    found = client.get("/?q=opus&provider=Anthropic").context["vendors"]
    assert {row.notice.model_id for row in found.rows} == {"claude-3-opus-20240229", "claude-opus-4-20250514"}
    retired = client.get("/?q=opus&provider=Anthropic&stage=deprecated&as_of=2026-05-22").context["vendors"]
    assert [row.notice.model_id for row in retired.rows] == ["claude-opus-4-20250514"]


def test_a_filter_that_finds_nothing_says_what_to_do(client):
    make.import_copy("2026-05-22", known_at=MAY)
    assert "Nothing matches. Widen the filter" in text(client.get("/?q=no-such-model"))


@pytest.mark.parametrize(
    "query", ["as_of=yesterday", "stage=asleep", "provider=Nobody", "known_at=2026-02-30"]
)
def test_a_filter_that_cannot_be_read_is_refused_in_words_and_the_page_still_stands(client, query):
    response = client.get(f"/?{query}")
    assert response.status_code == 422
    assert "Not understood" in text(response)


def test_what_we_believed_in_march_is_still_on_the_register_of_march(client):
    make.import_copy("2026-03-12", known_at=MARCH)
    make.import_copy("2026-05-22", known_at=MAY)
    march = client.get("/?q=claude-2.1&provider=Anthropic&known_at=2026-03-12").context["vendors"]
    may = client.get("/?q=claude-2.1&provider=Anthropic&known_at=2026-05-22").context["vendors"]
    assert (march.rows[0].replacement, may.rows[0].replacement) == ("claude-opus-4-6", "claude-opus-4-7")
    assert client.get("/?q=gpt-5.5&known_at=2026-03-12").context["vendors"].total == 0


def test_the_189_days_of_opus_3_stand_on_its_page(client):
    make.import_copy("2026-05-22", known_at=MAY)
    page = text(client.get("/models/anthropic-claude-3-opus-20240229/"))
    assert "announced 189 days before" in page
    assert "it ended on" in page


def test_one_model_on_two_platforms_shows_both_with_their_own_dates(client):
    make.import_copy("2026-05-22", known_at=MAY)
    page = text(client.get("/models/openai-gpt-5-codex/?as_of=2026-11-22"))
    assert "Where it is offered" in page
    assert "Deprecated at Azure" in page
    assert "Not known: one day for both" in page


def test_dates_that_disagree_both_stand(client, cast):
    ai_model = make.make_ai_model(cast, released_on=date(2024, 3, 12))
    make.make_fact(cast, ai_model, "released", effective=date(2024, 3, 14), source="Annual report 2024")
    page = text(client.get("/models/wren/"))
    assert "1 date is contradicted by another source" in page
    assert "12 Mar 2024" in page
    assert "14 Mar 2024" in page
    assert "Released, another source says" in page


def test_a_superseded_date_stays_and_says_that_it_was_replaced(client, cast):
    ai_model = make.make_ai_model(cast)
    make.make_fact(cast, ai_model, "not_sooner_than", effective=date(2027, 1, 1))
    make.make_fact(cast, ai_model, "not_sooner_than", effective=date(2028, 1, 1))
    page = text(client.get("/models/wren/"))
    assert "Not sooner than (replaced since)" in page


def test_a_model_is_asked_for_as_of_another_day(client, cast):
    case = make.make_case(cast, boards.found_board(cast), retires_on=clock.today() + timedelta(days=52))
    make.decide(cast, make.propose(cast, case))
    ends = clock.today() + timedelta(days=52)
    assert client.get("/models/wren/").context["life"].stage == "deprecated"
    assert client.get(f"/models/wren/?as_of={ends}").context["life"].stage == "retired"
    assert (
        client.get(f"/models/wren/?as_of={clock.today() - timedelta(days=1)}").context["life"].stage
        == "active"
    )
    assert "Back to today" in text(client.get(f"/models/wren/?as_of={ends}"))


def test_a_model_that_ends_is_the_headline_of_the_register(client, cast):
    case = make.make_case(cast, boards.found_board(cast), retires_on=clock.today() + timedelta(days=52))
    make.decide(cast, make.propose(cast, case))
    page = text(client.get("/"))
    assert "One of our models is ending: Wren, 52 days from now." in page


def test_notice_promised_and_given_stand_on_the_page_of_a_model_of_ours(client, cast):
    case = make.make_case(cast, boards.found_board(cast), retires_on=clock.today() + timedelta(days=52))
    make.decide(cast, make.propose(cast, case))
    assert client.get("/models/wren/").context["life"].notices == [
        ("Promised", "0 days"),
        ("Given", "52 days"),
    ]


def test_promises_stand_in_public_with_what_became_of_them(client, cast):
    ai_model = make.make_ai_model(cast)
    make.make_commitment(cast, ai_model, due_on=date(2020, 1, 1))
    page = text(client.get("/models/wren/"))
    assert "Keep the weights in three copies" in page
    assert "Overdue" in page


def test_a_model_nobody_registered_is_not_found(client):
    response = client.get("/models/nobody/")
    assert response.status_code == 404


def test_the_words_of_a_vendor_are_shown_as_text(client):
    row = {
        "provider": "<b>x</b>",
        "model_id": "<script>alert(1)</script>",
        "announcement_date": "",
        "shutdown_date": "",
        "replacement_models": None,
    }
    make.import_deprecations(actor=make.Process("Import of notices"), data=json.dumps([row]).encode())
    page = client.get("/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_register_asks_a_constant_number_of_queries(client, cast):
    make.make_ai_model(cast)
    few = queries_of(client, "/")
    make.import_copy("2026-05-22", known_at=MAY)
    for number in range(5):
        make.make_ai_model(cast, name=f"Model {number}")
    assert queries_of(client, "/") <= max(few, 20)
    assert AIModel.objects.count() > 300
