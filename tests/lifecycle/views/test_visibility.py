"""What is internal or embargoed is seen at the desk alone, on every public page; an embargo ends by the clock."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.queries import search
from audit.models import Event
from audit.testing import recorded
from board.commands.ballots import certify_result, close_ballot, recuse
from board.models import Certificate
from core import clock
from core.errors import NotAllowed, Unacceptable
from core.policies import Process
from core.search import sought
from essays.models import Publication
from lifecycle.commands.visibility import change_case_visibility, change_model_visibility
from lifecycle.models import AIModel, Case
from mail.registry import groups
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import essays
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
WHY = "The announcement is on Thursday."
LATER = timedelta(days=4)


def hide_model(cast: Cast, ai_model: AIModel, visibility: str | None = "internal") -> None:
    until = clock.now() + LATER if visibility == "embargoed" else None
    change_model_visibility(
        actor=cast.steward, ai_model_id=ai_model.pk, visibility=visibility, embargo_until=until, reason=WHY
    )


def hide_case(cast: Cast, case: Case, visibility: str | None = "internal") -> None:
    until = clock.now() + LATER if visibility == "embargoed" else None
    change_case_visibility(
        actor=cast.steward, case_id=case.pk, visibility=visibility, embargo_until=until, reason=WHY
    )


def decided(cast: Cast, **words: object) -> tuple[Case, Certificate]:
    """A case of Wren whose retirement in a hundred days was decided, with a promise."""
    day = clock.today() + timedelta(days=100)
    case = make.make_case(
        cast, boards.found_board(cast), retires_on=day, promise="Keep three copies", **words
    )
    certificate = make.decide(cast, make.propose(cast, case))
    case.refresh_from_db()
    return case, certificate


def pages_of_model(ai_model: AIModel, out: Publication) -> list[str]:
    series, essay = out.essay.series, out.essay
    return [
        reverse("lifecycle_public:model", args=[ai_model.slug]),
        reverse("essays_public:column", args=[series.slug]),
        *(
            reverse(f"essays_public:{name}", args=[series.slug, essay.slug])
            for name in ("essay", "essay-raw", "essay-document")
        ),
    ]


def pages_of_decision(certificate: Certificate) -> list[str]:
    return [
        reverse("board_public:decision", args=[certificate.number]),
        *(
            reverse(f"board_public:decision-{file}", args=[certificate.number])
            for file in ("certificate", "words", "certificate-pdf")
        ),
    ]


def answers(client: Client, pages: list[str]) -> set[int]:
    return {client.get(page).status_code for page in pages}


@pytest.mark.parametrize("visibility", ["internal", "embargoed"])
def test_a_hidden_model_is_hidden_with_its_column_and_its_essays(
    cast: Cast, signed_in: SignedIn, visibility: str
) -> None:
    out = essays.published(cast)
    author = out.essay.series.ai_model
    pages = pages_of_model(author, out)
    lists = ["/", reverse("essays_public:columns")]
    readers = [Client(), signed_in("outsider")]
    for reader in [*readers, signed_in("steward")]:
        assert answers(reader, pages) == {200}
        assert all(author.name in reader.get(page).content.decode() for page in lists)

    hide_model(cast, author, visibility)
    for reader in readers:
        assert answers(reader, pages) == {404}
        assert not any(author.name in reader.get(page).content.decode() for page in lists)
        assert not any(out.essay.title in reader.get(page).content.decode() for page in lists)
    for role in ("steward", "auditor", "member"):
        desk = signed_in(role)
        assert answers(desk, pages) == {200}
        for page in pages[:3]:
            assert "Only you and others at the desk see this page." in desk.get(page).content.decode()
        assert "not public" in desk.get("/").content.decode()


def test_an_embargo_ends_by_the_clock_alone(cast: Cast) -> None:
    out = essays.published(cast)
    author = out.essay.series.ai_model
    pages = pages_of_model(author, out)
    hide_model(cast, author, "embargoed")
    events = Event.objects.count()
    with clock.moved(LATER - timedelta(minutes=1)):
        assert answers(Client(), pages) == {404}
    with clock.moved(LATER):
        assert answers(Client(), pages) == {200}
        assert author.name in Client().get("/").content.decode()
    assert Event.objects.count() == events


@pytest.mark.parametrize("visibility", ["internal", "embargoed"])
def test_the_decision_on_a_hidden_case_is_hidden_and_nothing_public_names_it(
    cast: Cast, signed_in: SignedIn, visibility: str
) -> None:
    case, certificate = decided(cast)
    pages = pages_of_decision(certificate)
    model = reverse("lifecycle_public:model", args=[case.ai_model.slug])
    readers = [Client(), signed_in("outsider")]
    for reader in [*readers, signed_in("steward")]:
        assert answers(reader, pages) == {200}
        for page in ("/", "/decisions/", model):
            assert certificate.number in reader.get(page).content.decode()

    hide_case(cast, case, visibility)
    for reader in readers:
        assert answers(reader, pages) == {404}
        for page in ("/", "/decisions/", model):
            shown = reader.get(page)
            assert shown.status_code == 200
            for word in (
                f"/decisions/{certificate.number}/",
                f"Decision {certificate.number}",
                "three copies",
            ):
                assert word not in shown.content.decode(), (page, word)
    desk = signed_in("steward")
    assert answers(desk, pages) == {200}
    assert "Only you and others at the desk" in desk.get(pages[0]).content.decode()
    assert certificate.number in desk.get("/decisions/").content.decode()
    with clock.moved(LATER):
        assert answers(Client(), pages) == ({200} if visibility == "embargoed" else {404})


def test_a_case_of_a_hidden_model_is_hidden_with_it(cast: Cast) -> None:
    case, certificate = decided(cast)
    hide_model(cast, case.ai_model)
    assert answers(Client(), pages_of_decision(certificate)) == {404}
    assert certificate.number not in Client().get("/decisions/").content.decode()


def test_whoever_recused_themselves_reads_no_more_than_the_public(cast: Cast, signed_in: SignedIn) -> None:
    case = make.make_case(cast, boards.found_board(cast))
    ballot = boards.open_ballot_for(cast, make.propose(cast, case))
    recuse(actor=cast.colleague, ballot_id=ballot.pk, category="authored", text="I wrote it.")
    boards.vote(ballot, "approve", cast.chair, cast.member)
    close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    certificate = certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    assert answers(signed_in("colleague"), pages_of_decision(certificate)[:1]) == {200}
    hide_case(cast, case)
    assert answers(signed_in("colleague"), pages_of_decision(certificate)) == {404}
    assert answers(signed_in("member"), pages_of_decision(certificate)) == {200}


def test_the_model_before_a_public_one_is_not_named_while_it_is_hidden(cast: Cast) -> None:
    wren = make.make_ai_model(cast, name="Wren")
    finch = make.make_ai_model(cast, name="Finch", succeeds_id=wren.pk)
    robin = make.make_ai_model(cast, name="Robin", succeeds_id=finch.pk)
    page = reverse("lifecycle_public:model", args=[finch.slug])
    assert "Wren" in Client().get(page).content.decode()
    assert "Robin" in Client().get(page).content.decode()
    hide_model(cast, wren)
    hide_model(cast, robin)
    assert "Wren" not in Client().get(page).content.decode()
    assert "Robin" not in Client().get(page).content.decode()


def test_webhooks_are_told_nothing_of_what_is_hidden(cast: Cast) -> None:
    out = essays.published(cast)
    case, certificate = decided(cast)
    fact = case.ai_model.facts.get(kind="retires_on")
    told = {
        "decisions": str(certificate.pk),
        "dates": str(fact.pk),
        "essays": str(out.essay.pk),
        "stages": str(case.ai_model.pk),
    }
    assert all(groups.get(key).fact(about) for key, about in told.items())
    hide_case(cast, case)
    assert groups.get("decisions").fact(told["decisions"]) is None
    assert groups.get("dates").fact(told["dates"]) is None
    hide_model(cast, case.ai_model, "embargoed")
    hide_model(cast, out.essay.series.ai_model)
    assert not any(groups.get(key).fact(about) for key, about in told.items())


def test_the_search_finds_a_hidden_decision_for_the_desk_alone(cast: Cast) -> None:
    case, certificate = decided(cast, title="Retire the last wren")
    asked = sought("last wren")
    assert asked is not None

    def finds(actor: Any) -> bool:
        return any(certificate.number in hit.title for each in search(actor, asked) for hit in each.hits)

    assert finds(cast.outsider)
    hide_case(cast, case)
    assert not finds(cast.outsider)
    assert finds(cast.steward)


def test_hidden_decisions_cost_the_list_no_query_each(cast: Cast) -> None:
    case, _ = decided(cast)
    with CaptureQueriesContext(connection) as public:
        Client().get("/decisions/")
    hide_case(cast, case)
    with CaptureQueriesContext(connection) as hidden:
        Client().get("/decisions/")
    assert len(hidden) <= len(public)


def test_the_record_says_what_the_public_sees_and_a_steward_changes_it(
    cast: Cast, signed_in: SignedIn
) -> None:
    ai_model = make.make_ai_model(cast)
    record, form = (
        reverse(f"lifecycle:model-{name}", args=[ai_model.pk]) for name in ("record", "visibility")
    )
    steward = signed_in("steward")
    assert "Public: everybody may read it." in steward.get(record).content.decode()
    with clock.frozen(clock.now()):
        until = (clock.now() + LATER).replace(hour=18, minute=0, second=0, microsecond=0)
        said = {"visibility": "embargoed", "embargo_until": f"{until:%Y-%m-%dT%H:%M}", "reason": WHY}
        assert steward.post(form, said).status_code == 303
        page = steward.get(record).content.decode()
        assert "Embargoed until" in page
        assert f"{until:%a} {until.day} {until:%b %Y}, 18:00 UTC" in page
        assert "the public does not see it yet." in page
    ai_model.refresh_from_db()
    assert ai_model.embargo_until == until
    event = Event.objects.get(verb="lifecycle.ai_model.visibility_changed")
    assert (event.reason, event.data["visibility"]) == (WHY, "embargoed")
    with clock.moved(LATER + timedelta(days=1)):
        assert "Public since its embargo ended" in steward.get(record).content.decode()


def test_a_case_says_that_it_is_hidden_with_its_model(cast: Cast, signed_in: SignedIn) -> None:
    case = make.make_case(cast, boards.found_board(cast))
    page = reverse("lifecycle:case", args=[case.pk])
    public = signed_in("auditor").get(page).content.decode()
    assert "Public: everybody may read its decision, once it is certified." in public
    hide_model(cast, case.ai_model)
    shown = signed_in("auditor").get(page).content.decode()
    assert "because it does not see its model" in shown
    assert "Change what the public sees" not in shown


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"visibility": "embargoed"}, "embargo_until"),
        ({"visibility": "embargoed", "embargo_until": "2020-01-01T09:00"}, "embargo_until"),
        ({"visibility": "embargoed", "embargo_until": "soon"}, "embargo_until"),
        ({"visibility": "secret"}, "visibility"),
        ({"visibility": "internal", "reason": "  "}, "reason"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(
    cast: Cast, signed_in: SignedIn, said: dict[str, str], field: str
) -> None:
    case = make.make_case(cast, boards.found_board(cast))
    form = reverse("lifecycle:case-visibility", args=[case.pk])
    answer = signed_in("steward").post(form, {"reason": WHY, **said})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    case.refresh_from_db()
    assert case.visibility is None


def test_nobody_but_a_steward_changes_it_and_it_needs_a_reason(cast: Cast) -> None:
    ai_model = make.make_ai_model(cast)
    for actor in (cast.auditor, cast.secretary, Process("Scheduler")):
        with pytest.raises(NotAllowed):
            change_model_visibility(
                actor=actor, ai_model_id=ai_model.pk, visibility="internal", embargo_until=None, reason=WHY
            )
    with pytest.raises(Unacceptable):
        change_model_visibility(
            actor=cast.steward, ai_model_id=ai_model.pk, visibility="internal", embargo_until=None, reason=""
        )


def test_saying_what_is_so_already_changes_nothing(cast: Cast) -> None:
    ai_model = make.make_ai_model(cast)
    hide_model(cast, ai_model, None)
    assert not Event.objects.filter(verb="lifecycle.ai_model.visibility_changed").exists()


def test_what_was_public_and_became_internal_stays_in_its_history(cast: Cast) -> None:
    case, _ = decided(cast)
    hide_case(cast, case)
    hide_case(cast, case, None)
    versions = case.history.order_by("history_date").values_list("visibility", flat=True)
    assert list(versions)[-2:] == ["internal", None]


def test_the_database_keeps_no_embargo_without_an_end(cast: Cast) -> None:
    ai_model = make.make_ai_model(cast)
    ai_model.visibility = "embargoed"
    with pytest.raises(IntegrityError), recorded():
        ai_model.save()
