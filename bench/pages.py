"""Pages with lists: queries with 3 rows and with 300, the weight of a first load, time over an empty page."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import actor_of
from bench import times, weight
from bench.quiet import settle
from bench.visitors import client_of
from board.commands import ballots, motions
from board.commands.guidelines import propose_guideline
from board.models import Guideline
from config import demo
from config.walkthrough import texts
from controls.commands import control_tests, findings
from core import clock
from essays import commands as essays
from interviews.commands import plans, protocols
from lifecycle.commands import ai_models, cases
from modelcalls import commands as modelcalls

PAGES = (
    ("auditor", "/desk/audit/"),
    ("steward", "/desk/"),
    ("steward", "/desk/models/"),
    ("steward", "/desk/cases/"),
    ("member", "/desk/ballots/"),
    ("interviewer", "/desk/interviews/"),
    ("editor", "/desk/essays/"),
    ("auditor", "/desk/calls/"),
    ("member", "/desk/"),
    ("interviewer", "/desk/"),
    ("editor", "/desk/"),
    ("auditor", "/desk/"),
    ("steward", "/desk/search/?q=bench"),
    ("secretary", "/desk/ballots/"),
    ("secretary", "/desk/motions/"),
    ("member", "/desk/board/"),
    ("member", "/desk/guidelines/"),
    ("member", "/guidelines/"),
    ("interviewer", "/desk/protocols/"),
    ("interviewer", "/desk/preferences/"),
    ("editor", "/desk/series/"),
    ("auditor", "/desk/commitments/"),
    ("auditor", "/desk/controls/"),
    ("steward", "/desk/findings/"),
    ("steward", "/desk/people/"),
    ("steward", "/desk/endpoints/"),
    ("secretary", "/desk/mail/"),
    ("secretary", "/desk/webhooks/"),
    ("steward", "/desk/search/?q=bench&kind=models"),
    ("member", "/decisions/"),
    ("member", "/essays/"),
    ("member", "/transparency/"),
    ("member", "/"),
    ("steward", "/"),
    ("member", "/models/haldane-1/"),
    ("steward", "/models/haldane-1/"),
)


def measured() -> list[dict[str, Any]]:
    """A row per page: its queries over 12, with 3 rows and with 300; one more with 300 is a miss."""
    demo.ensure_demo()
    pages = (*PAGES, *_of_a_decision())
    _fill(3)
    few = {page: _queries(*page) for page in pages}
    _fill(297)
    rows = []
    for page in pages:
        many = _queries(*page)
        grown = max(0, many - few[page])
        rows.append(
            {
                "figure": f"queries of {page[1]} as {page[0]}, 3 rows then 300: {few[page]} then {many}",
                "ratio": round((many + 12 * grown) / 12, 2),
                "reference": "12 queries",
                "bar": 1.0,
            }
        )
    rows += weight.measured()
    settle()
    return rows + times.measured(pages)


def _of_a_decision() -> tuple[tuple[str, str], ...]:
    """The pages of a certificate and of the guidelines it adopts: of a vote of its own, as their addresses are new."""
    secretary = demo.actor("secretary")
    motion = propose_guideline(
        actor=demo.actor("steward"),
        board_id=demo.the_board().pk,
        title=f"Lamps {uuid4().hex[:12]}",
        text="A lamp is put up where two cannot read by one.",
        why="Somebody could not read.",
    )
    ballot = ballots.open_ballot(
        actor=secretary, motion_id=motion.pk, closes_at=clock.now() + timedelta(days=7)
    )
    for elector in ballot.electors.select_related("person"):
        ballots.take_position(
            actor=actor_of(elector.person), ballot_id=ballot.pk, position="approve", reason="I could not."
        )
    ballots.close_ballot(actor=secretary, ballot_id=ballot.pk)
    certificate = ballots.certify_result(actor=secretary, ballot_id=ballot.pk)
    guideline = Guideline.objects.get(certificate=certificate)
    return (
        ("member", f"/decisions/{certificate.number}/"),
        ("member", f"/desk/ballots/{certificate.ballot_id}/minutes/"),
        ("member", f"/desk/guidelines/{guideline.pk}/"),
        ("member", f"/guidelines/{guideline.pk}/"),
    )


def _queries(part: str, url: str) -> int:
    client = client_of(part)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url} as {part} answered {response.status_code}")
    return len(captured)


def _fill(count: int) -> None:
    """So many of everything, made by the product's own commands."""
    steward, interviewer, secretary = (
        demo.actor("steward"),
        demo.actor("interviewer"),
        demo.actor("secretary"),
    )
    endpoint = modelcalls.register_endpoint(
        actor=steward,
        name=f"Nobody answers here {uuid4()}",
        adapter="openai",
        base_url="http://127.0.0.1:9",
        model="bench",
        parameters={"temperature": True},
        # Nothing is ever asked of it: an essay that failed meanwhile would wait on Today with 300 rows and not with 3.
        budget_tokens=1,
    )
    version = protocols.draft_protocol(actor=interviewer, **texts.PROTOCOL)
    protocols.freeze_protocol(actor=demo.actor("coder"), version_id=version.id)
    board = demo.the_board()
    for number in range(count):
        ai_model = ai_models.register_ai_model(
            actor=steward, name=f"Bench {uuid4().hex[:12]}", provider="Bench", endpoint_id=endpoint.id
        )
        case = cases.open_case(actor=steward, ai_model_id=ai_model.id, kind="retire", board_id=board.id)
        plans.plan_interview(actor=interviewer, case_id=case.id, protocol_version_id=version.id)
        series = essays.found_series(
            actor=steward, ai_model_id=ai_model.id, title=f"Column {uuid4().hex[:12]}", **texts.COLUMN
        )
        essays.request_essay(actor=steward, series_id=series.id, title=f"Essay {number}")
        motion = motions.move_motion(
            actor=demo.actor("member"),
            board_id=board.id,
            kind="resolution",
            title=f"Resolution {number}",
            text="Put up a second lamp.",
            status_quo="One lamp.",
        )
        ballots.open_ballot(actor=secretary, motion_id=motion.id, closes_at=clock.now() + timedelta(days=7))
        _test_and_find(number)


def _test_and_find(number: int) -> None:
    """A control test with its sample, and a finding."""
    auditor, today = demo.actor("auditor"), clock.today()
    test = control_tests.define_test(
        actor=auditor,
        title=f"Rule {number} was kept.",
        criterion="The record shows it.",
        population="role_grants",
        since=today - timedelta(days=2),
        until=today,
        wanted=3,
        seed_source="entered",
        seed="bench",
    )
    control_tests.freeze_population(actor=auditor, test_id=test.id)
    control_tests.draw_sample(actor=auditor, test_id=test.id)
    findings.raise_finding(
        actor=auditor,
        test_id=test.id,
        title=f"Finding {number}",
        detail="It was not kept.",
        severity="minor",
        answer_by=today,
    )
