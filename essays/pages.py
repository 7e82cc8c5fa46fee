"""One essay as one viewer meets it on the desk: the text, what an editor must see, and what the viewer may do next.

Not here: changing anything, HTML, and the sentences (wording.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from board.models import Motion
from board.policies import may_read_board
from core import clock
from core.policies import Actor
from essays import asking, policies, queries
from essays.headline import Opening, opening
from essays.inspection import Inspection, Segment, inspect, revealed
from essays.models import Draft, Essay, PauseDecision, Publication, Revision
from essays.queries import ReviewsSeen
from essays.states import ESSAY, EssayState
from modelcalls.policies import may_see_call
from modelcalls.queries import why_waiting
from modelcalls.states import CallState

_UNDER_WAY = frozenset({CallState.QUEUED, CallState.RUNNING})
_HAS_TEXT = frozenset({EssayState.IN_REVIEW, EssayState.ON_HOLD, EssayState.APPROVED})


@dataclass(frozen=True)
class May:
    """What the viewer may do at this moment: both who they are and where the essay stands."""

    review: bool = False
    publish: bool = False
    ask_again: bool = False
    withdraw: bool = False
    renew: bool = False
    veto: bool = False
    capacities: Sequence[str] = ()


@dataclass(frozen=True)
class EssayPage:
    """Everything the desk page of an essay shows."""

    essay: Essay
    revision: Revision | None
    opening: Opening | None
    inspection: Inspection | None
    segments: Sequence[Segment]
    drafts: Sequence[Draft]
    reviews: ReviewsSeen
    voices: Mapping[str, PauseDecision]
    newer_disclaimer: bool
    under_way: bool
    waiting: str
    sees_calls: bool
    publication: Publication | None
    reads_board: bool
    veto_asked: Motion | None = None
    may: May = field(default_factory=May)

    @property
    def last_draft(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None

    @property
    def set_aside(self) -> Sequence[Draft]:
        """What the author brought besides the text that stands."""
        chosen = self.revision.draft_id if self.revision else None
        return [draft for draft in self.drafts if draft.id != chosen]


def essay_page(viewer: Actor, essay_id: UUID) -> EssayPage | None:
    """The page of an essay for this viewer, or None when there is no such essay."""
    essay = queries.essay_for_desk(essay_id).first()
    if essay is None:
        return None
    revision = queries.current_revision(essay)
    under_way = essay.call is not None and essay.call.state in _UNDER_WAY
    body = revision.body if revision else ""
    inspection = inspect(body) if revision else None
    reviews = queries.reviews_seen(viewer, essay, revision)
    newer = (
        essay.state in _HAS_TEXT and revision is not None and queries.has_newer_disclaimer(revision, essay)
    )
    asked = queries.veto_motions(essay).first() if essay.state == EssayState.ON_HOLD else None
    return EssayPage(
        essay=essay,
        revision=revision,
        opening=opening(body) if revision else None,
        inspection=inspection,
        segments=revealed(body) if inspection and inspection.hidden else (),
        drafts=queries.drafts_of(essay),
        reviews=reviews,
        voices=queries.pause_decisions(revision) if revision and essay.state == EssayState.ON_HOLD else {},
        newer_disclaimer=newer,
        under_way=under_way,
        waiting=why_waiting(essay.call, clock.now()) if under_way and essay.call else "",
        sees_calls=essay.call is not None and bool(may_see_call(viewer, essay.call)),
        publication=getattr(essay, "publication", None),
        veto_asked=asked,
        reads_board=bool(may_read_board(viewer)),
        may=_may(viewer, essay, reviews, newer=newer, under_way=under_way, asked=asked is not None),
    )


def _may(
    viewer: Actor, essay: Essay, reviews: ReviewsSeen, *, newer: bool, under_way: bool, asked: bool
) -> May:
    state = essay.state
    refused = essay.call is not None and essay.call.state == CallState.REFUSED
    return May(
        review=state == EssayState.IN_REVIEW
        and reviews.own is None
        and bool(policies.may_submit_review(viewer, essay)),
        publish=state == EssayState.APPROVED
        and not newer
        and bool(policies.may_publish_essay(viewer, essay)),
        ask_again=state == EssayState.GENERATION_FAILED
        and not under_way
        and not refused
        and essay.asked_again < asking.MOST_ASKED_AGAIN
        and bool(policies.may_ask_again(viewer)),
        withdraw=_can_be_withdrawn(essay) and not under_way and bool(policies.may_withdraw_essay(viewer)),
        renew=newer and bool(policies.may_renew_disclaimer(viewer)),
        capacities=policies.capacities(viewer, essay) if state == EssayState.ON_HOLD and not asked else (),
        veto=state == EssayState.ON_HOLD and not asked and bool(policies.may_propose_veto(viewer, essay)),
    )


def _can_be_withdrawn(essay: Essay) -> bool:
    return ESSAY.allows(essay.state, EssayState.WITHDRAWN)
