"""The discussion of a motion for a page: threads in order, questions with their clocks. Reads only."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from accounts.models import Person
from board.models import Comment, Motion, Recusal
from board.papers.pack import recused_from
from board.policies import id_of, may_discuss, may_read_discussion
from board.queries import seats_in_office, secret_votes
from board.states import MotionState
from core import clock
from core.errors import IllegalMove
from core.paging import Page, page_by_key
from core.policies import Actor, Verdict, denied

SIZE = 30
DISCUSSED = (MotionState.MOVED, MotionState.BALLOTED)


@dataclass(frozen=True)
class Thread:
    """What was said first, and what was replied to it."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)
    now: datetime | None = None

    @property
    def answer(self) -> Comment | None:
        return next((each for each in self.replies if each.kind == Comment.Kind.ANSWER), None)

    @property
    def waits(self) -> bool:
        return self.first.kind == Comment.Kind.QUESTION and self.answer is None

    @property
    def overdue(self) -> bool:
        due = self.first.answer_by
        return self.waits and due is not None and self.now is not None and due <= self.now


@dataclass(frozen=True)
class Discussion:
    motion: Motion
    threads: list[Thread]
    page: Page[Comment]
    waiting: int
    total: int
    may_discuss: Verdict


def discussion_for(actor: Actor, motion: Motion, asked: QueryDict) -> Discussion:
    """A page of a discussion, the newest thread first. The caller has asked `may_read`. Four queries."""
    firsts = Comment.objects.filter(motion=motion, reply_to=None).select_related("asked_of")
    page = page_by_key(firsts, asked, size=SIZE)
    replies: dict[UUID, list[Comment]] = defaultdict(list)
    for reply in Comment.objects.filter(reply_to__in=page.rows).order_by("number"):
        if reply.reply_to_id is not None:
            replies[reply.reply_to_id].append(reply)
    now = clock.now()
    return Discussion(
        motion=motion,
        threads=[Thread(each, replies[each.pk], now) for each in page.rows],
        page=page,
        waiting=unanswered().filter(motion=motion).count(),
        total=Comment.objects.filter(motion=motion).count(),
        may_discuss=verdict(actor, motion),
    )


def may_read(actor: Actor | None, motion: Motion) -> Verdict:
    return may_read_discussion(actor, recused=recused_from(actor, motion))


def require_open(motion: Motion) -> None:
    """IllegalMove once the motion is decided or taken back: nothing is added to what was said before."""
    if motion.state not in DISCUSSED:
        raise IllegalMove(_over(motion))


def _over(motion: Motion) -> str:
    return f"This proposal is {motion.get_state_display().lower()}; its discussion is closed."


def verdict(actor: Actor | None, motion: Motion) -> Verdict:
    """Whether the actor may say something now, and why not."""
    if motion.state not in DISCUSSED:
        return denied(_over(motion))
    return may_discuss(actor, recused=recused_from(actor, motion))


def unanswered() -> QuerySet[Comment]:
    """Questions without an answer, on motions that are still discussed, the most urgent first."""
    answers = Comment.objects.filter(reply_to=OuterRef("pk"), kind=Comment.Kind.ANSWER)
    rows = Comment.objects.filter(~Exists(answers), kind=Comment.Kind.QUESTION, motion__state__in=DISCUSSED)
    return rows.order_by("answer_by")


def questions_to(actor: Actor) -> QuerySet[Comment]:
    """Those that wait for this person."""
    return unanswered().filter(asked_of_id=id_of(actor)).select_related("motion")


def people_in(motion: Motion) -> dict[UUID, Person]:
    """Who may be asked and mentioned: those with a seat on the board, and the mover; not who recused themselves.

    A recusal from a vote that is secret now is not known of, so it leaves nobody out.
    """
    people = {seat.person_id: seat.person for seat in seats_in_office(motion.board)}
    people.setdefault(motion.mover_id, motion.mover)
    secret = [vote.ballot_id for vote in secret_votes()]
    known = Recusal.objects.filter(ballot__motion=motion).exclude(ballot__in=secret)
    recused = set(known.values_list("elector__person_id", flat=True))
    return {
        key: person
        for key, person in sorted(people.items(), key=lambda item: item[1].name)
        if key not in recused and person.active
    }
