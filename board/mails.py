"""The mails of a vote. But for a hold, which its board must know of to lift it, none says how anybody voted.

In a secret vote there is none of a hold either, and none says or shows whether somebody has voted.
"""

from datetime import UTC, datetime

from mail.registry import MessageKind, kinds

OPENED, CLOSED, CERTIFIED = "board.ballot.opened", "board.ballot.closed", "board.result.certified"
REMINDED = "board.ballot.reminded"
HELD, LAPSED = "board.hold.placed", "board.hold.lapsed"
ENTERED, CONTESTED = "board.position.entered", "board.position.contested"
RECUSAL_ENTERED = "board.recusal.entered"
EXTENDED, WITHDRAWAL, FIXED = "board.ballot.extended", "board.withdrawal.moved", "board.fix.confirmed"

_TITLE = "Retire Haldane 2 on 31 January 2027"
_THEN = datetime(2026, 11, 29, 9, tzinfo=UTC)

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
            "closes_at": _THEN,
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
        why="you are on the roll of this vote",
        example={
            "title": _TITLE,
            "board": "Model Welfare Board",
            "by": "Edmund Vale",
            "closes_at": _THEN,
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
        example={"title": _TITLE, "closed_at": _THEN},
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
kinds.register(
    HELD,
    MessageKind(
        label="A hold was placed",
        template="mail/board/hold_placed.txt",
        action="Read what would lift it",
        why="you are on the roll of this vote, moved it or keep it",
        example={
            "title": _TITLE,
            "holder": "Nora Quill",
            "reason": "The third copy of the weights was not checked this quarter.",
            "lifts_when": "A check of the third copy is recorded.",
            "lapses_at": _THEN,
            "closes_at": _THEN,
        },
        optional=False,
    ),
)
kinds.register(
    LAPSED,
    MessageKind(
        label="A hold has lapsed",
        template="mail/board/hold_lapsed.txt",
        action="Record a position",
        why="your hold lapsed, or you keep this vote",
        example={"title": _TITLE, "holder": "Nora Quill", "lapsed_at": _THEN, "closes_at": _THEN},
        optional=False,
    ),
)
kinds.register(
    ENTERED,
    MessageKind(
        label="A position was entered for you",
        template="mail/board/position_entered.txt",
        action="Confirm or contest it",
        why="a position was entered in your name",
        example={"title": _TITLE, "by": "Edmund Vale", "closes_at": _THEN},
        optional=False,
    ),
)
kinds.register(
    CONTESTED,
    MessageKind(
        label="A member contests a position you entered",
        template="mail/board/position_contested.txt",
        action="Open the vote",
        why="you are the secretary of this board",
        example={"title": _TITLE, "member": "Nora Quill"},
        optional=False,
    ),
)
kinds.register(
    RECUSAL_ENTERED,
    MessageKind(
        label="A recusal was entered for you",
        template="mail/board/recusal_entered.txt",
        action="Confirm or decline it",
        why="a recusal was entered in your name",
        example={"title": _TITLE, "by": "Edmund Vale", "closes_at": _THEN},
        optional=False,
    ),
)
kinds.register(
    EXTENDED,
    MessageKind(
        label="A vote was extended",
        template="mail/board/ballot_extended.txt",
        action="Open the vote",
        why="you are on the roll of this vote",
        example={
            "title": _TITLE,
            "reason": "Two members are travelling.",
            "by": "Ada Marsh",
            "closes_at": _THEN,
        },
        optional=False,
    ),
)
kinds.register(
    WITHDRAWAL,
    MessageKind(
        label="A proposal under vote is to be taken back",
        template="mail/board/withdrawal.txt",
        action="Open the vote",
        why="you are on the roll of this vote, moved it or keep it",
        example={
            "title": _TITLE,
            "mover": "Ines Falk",
            "state": "agreed",
            "reason": "The successor is late by a quarter.",
            "agreed_by": "Ada Marsh",
            "takes_effect_at": _THEN,
            "objector": "",
            "objection": "",
        },
        optional=False,
    ),
)
kinds.register(
    FIXED,
    MessageKind(
        label="The words of a proposal were put right",
        template="mail/board/fix_confirmed.txt",
        action="Read it as it stands",
        why="you are on the roll of this vote",
        example={
            "title": _TITLE,
            "reason": "The month was misprinted.",
            "by": "Ines Falk",
            "confirmed_by": "Edmund Vale",
            "closes_at": _THEN,
        },
        optional=False,
    ),
)
