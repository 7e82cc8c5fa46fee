"""Saying something about a motion: a comment, a question to somebody, a reply. Nothing said is edited or taken back."""

from uuid import UUID

from accounts.models import Person
from audit.commands import command, locked, record
from board.discussing import answer_by, mentioned
from board.discussion import people_in, require_open, verdict
from board.events import Verb
from board.models import Ballot, Comment, Motion
from board.policies import id_of
from board.states import BallotState
from board.steps.discussion import tell_of_answer, tell_of_mentions, tell_of_question
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require

LONGEST = 10_000


@command(Verb.COMMENT_MADE)
def comment(*, actor: Actor, motion_id: UUID, text: str) -> Comment:
    """Say something to everybody who reads the discussion; people named with an @ are written to."""
    motion = _discussed(actor, motion_id)
    said = _said(motion, actor, Comment.Kind.COMMENT, text)
    record(motion, data={"number": said.number})
    tell_of_mentions(said, _named(said))
    return said


@command(Verb.QUESTION_ASKED)
def ask(*, actor: Actor, motion_id: UUID, text: str, asked_of: UUID) -> Comment:
    """Put a question to one person, who has three days, or until the vote closes, to answer."""
    motion = _discussed(actor, motion_id)
    people = people_in(motion)
    if asked_of not in people:
        raise Unacceptable("Ask somebody with a seat on this board, or the mover.", "asked_of")
    if asked_of == actor.id:
        raise Unacceptable("Ask somebody else: what you know yourself is a comment.", "asked_of")
    said = _said(motion, actor, Comment.Kind.QUESTION, text, asked_of=people[asked_of])
    record(motion, data={"number": said.number, "asked": said.asked_name})
    tell_of_question(said)
    tell_of_mentions(said, [person for person in _named(said) if person.pk != asked_of])
    return said


@command(Verb.QUESTION_ANSWERED)
def reply(*, actor: Actor, comment_id: UUID, text: str) -> Comment:
    """Reply to what was said first in a thread. By the person asked, or the mover, it is the answer to a question."""
    first = Comment.objects.filter(pk=comment_id).first()
    motion = _discussed(actor, first.motion_id if first else comment_id)
    if first is None or first.reply_to_id is not None:
        raise IllegalMove("Reply to what was said first; replies stand below it, one after the other.")
    answers = first.kind == Comment.Kind.QUESTION and actor.id in (first.asked_of_id, motion.mover_id)
    kind = Comment.Kind.ANSWER if answers and actor.id != first.author_id else Comment.Kind.COMMENT
    said = _said(motion, actor, kind, text, reply_to=first)
    verb = Verb.QUESTION_ANSWERED if kind == Comment.Kind.ANSWER else Verb.COMMENT_MADE
    record(motion, verb=verb, data={"number": said.number, "to": first.number})
    if kind == Comment.Kind.ANSWER:
        tell_of_answer(said)
    tell_of_mentions(said, [person for person in _named(said) if person.pk != first.author_id])
    return said


def _discussed(actor: Actor, motion_id: UUID) -> Motion:
    """The motion, locked so that numbers follow one another, while it may be discussed by this person."""
    motion = locked(Motion, motion_id, select_related=("board", "mover"))
    require_open(motion)
    require(verdict(actor, motion))
    return motion


def _said(
    motion: Motion,
    actor: Actor,
    kind: str,
    text: str,
    *,
    reply_to: Comment | None = None,
    asked_of: Person | None = None,
) -> Comment:
    text = text.strip()
    if not text:
        raise Unacceptable("Write what you want to say.", "text")
    if len(text) > LONGEST:
        raise Unacceptable(
            f"Say it in at most {LONGEST:,} characters; put longer papers into the dossier.", "text"
        )
    now = clock.now()
    live = Ballot.objects.filter(motion=motion, state=BallotState.OPEN).values_list("closes_at", flat=True)
    said = Comment(
        motion=motion,
        number=Comment.objects.filter(motion=motion).count() + 1,
        kind=kind,
        text=text,
        revision=motion.revision,
        reply_to=reply_to,
        author=Person.objects.get(pk=id_of(actor)),
        author_name=actor.name,
        asked_of=asked_of,
        asked_name=asked_of.name if asked_of else "",
        answer_by=answer_by(now, live.first()) if asked_of else None,
        said_at=now,
    )
    said.save(force_insert=True)
    return said


def _named(said: Comment) -> list[Person]:
    people = people_in(said.motion)
    return [people[key] for key in mentioned(said.text, {key: person.name for key, person in people.items()})]
