"""The mails of a vote: opened, reminded, closed, certified. None ever says how anybody voted."""

from datetime import UTC, datetime

from mail.registry import MessageKind, kinds

OPENED, CLOSED, CERTIFIED = "board.ballot.opened", "board.ballot.closed", "board.result.certified"
REMINDED = "board.ballot.reminded"

_TITLE = "Retire Haldane 2 on 31 January 2027"

kinds.register(
    OPENED,
    MessageKind(
        label="A vote was opened",
        template="mail/board/ballot_opened.txt",
        action="Read the case and vote",
        why="you are on the roll of this vote",
        example={
            "title": _TITLE,
            "board": "Model Welfare Board",
            "round": 1,
            "closes_at": datetime(2026, 11, 29, 9, tzinfo=UTC),
        },
        optional=False,
    ),
)
kinds.register(
    REMINDED,
    MessageKind(
        label="A vote still waits for you",
        template="mail/board/ballot_reminded.txt",
        action="Read the case and vote",
        why="you are on the roll of this vote and have no position recorded",
        example={
            "title": _TITLE,
            "board": "Model Welfare Board",
            "by": "Edmund Vale",
            "closes_at": datetime(2026, 11, 29, 9, tzinfo=UTC),
        },
        optional=False,
    ),
)
kinds.register(
    CLOSED,
    MessageKind(
        label="A vote closed and waits to be certified",
        template="mail/board/ballot_closed.txt",
        action="Certify the result",
        why="you are the secretary of this board",
        example={"title": _TITLE, "closed_at": datetime(2026, 11, 29, 9, tzinfo=UTC)},
        optional=False,
    ),
)
kinds.register(
    CERTIFIED,
    MessageKind(
        label="A result was certified",
        template="mail/board/result_certified.txt",
        action="Read the decision",
        why="you sit on this board",
        example={
            "title": _TITLE,
            "number": "2026-03",
            "sentence": "Carried: 6 approved, 1 rejected, 1 abstained; 5 were needed.",
        },
    ),
)
