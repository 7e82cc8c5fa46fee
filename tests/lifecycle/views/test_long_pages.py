"""Pages that much stands on: their parts can be jumped to, long lists in them are paged, and queries stay few."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from lifecycle.commands import cases
from lifecycle.models import Case
from lifecycle.views.models import CASES
from tests.cast import Cast
from tests.factories import board as make_board
from tests.factories import essays as make_essay
from tests.factories import lifecycle as make_case
from tests.factories.house import furnish

QUERIES = 12
Client_of = Callable[[str], Client]


def test_every_part_of_a_case_can_be_jumped_to(cast: Cast, signed_in: Client_of) -> None:
    case = make_case.make_case(cast, make_board.found_board(cast), promise="A card at the desk.")
    html = signed_in("steward").get(reverse("lifecycle:case", args=[case.pk])).content.decode()
    parts = re.search(r'<nav class="tabs parts" aria-label="Parts of this case">.*?</nav>', html)
    assert parts is not None
    anchors = re.findall(r'href="#([^"]+)"', parts[0])
    assert anchors == ["brief", "requirements", "interviews", "promises", "plan"]
    for anchor in anchors:
        assert html.count(f'id="{anchor}"') == 1, anchor


def test_more_cases_of_a_model_than_a_page_holds_are_paged(cast: Cast, signed_in: Client_of) -> None:
    ai_model = make_case.make_ai_model(cast, name="Lark")
    founded = make_board.found_board(cast)
    for _ in range(CASES + 1):
        case = make_case.make_case(cast, founded, ai_model=ai_model)
        cases.withdraw_case(actor=cast.steward, case_id=case.pk, reason="Tried out.")
    client, url = signed_in("steward"), reverse("lifecycle:model-record", args=[ai_model.pk])
    page = client.get(url)
    assert len(page.context["page"].rows) == CASES
    older = client.get(url + page.context["page"].older_url)
    seen = {row.pk for each in (page, older) for row in each.context["page"].rows}
    assert seen == set(Case.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("role", ["member", "steward"])
def test_the_register_and_a_model_with_all_there_is_take_few_queries(
    role: str, cast: Cast, signed_in: Client_of
) -> None:
    furnish(cast)
    published = make_essay.published(cast, title="On the margins of margins")
    heard = published.essay.series.ai_model
    make_case.make_commitment(cast, heard, due_on=clock.today())
    client = signed_in(role)
    for url in ("/", reverse("lifecycle_public:model", args=[heard.slug]), "/models/haldane-1/"):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= QUERIES, (url, "\n".join(query["sql"][-160:] for query in queries))
