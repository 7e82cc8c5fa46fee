"""The mails of a discussion: mentioned, asked, answered. They say that something was said, never what."""

from datetime import UTC, datetime

from mail.registry import MessageKind, kinds

MENTIONED, ASKED, ANSWERED = "board.comment.mentioned", "board.question.asked", "board.question.answered"

_EXAMPLE = {
    "title": "Retire Haldane 2 on 31 January 2027",
    "author": "Ruth Osei",
    "answer_by": datetime(2026, 11, 28, 18, tzinfo=UTC),
}

kinds.register(
    MENTIONED,
    MessageKind(
        label="You were mentioned in a discussion",
        template="mail/board/mentioned.txt",
        action="Read the discussion",
        why="somebody named you in a discussion of the board",
        example=_EXAMPLE,
    ),
)
kinds.register(
    ASKED,
    MessageKind(
        label="You were asked a question about a proposal",
        template="mail/board/question_asked.txt",
        action="Read and answer",
        why="the question is put to you",
        example=_EXAMPLE,
        optional=False,
    ),
)
kinds.register(
    ANSWERED,
    MessageKind(
        label="Your question was answered",
        template="mail/board/question_answered.txt",
        action="Read the answer",
        why="you asked the question",
        example=_EXAMPLE,
    ),
)
