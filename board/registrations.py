"""What board tells the apps below it; imported once, when Django is ready."""

from collections.abc import Mapping

from django.urls import reverse

from accounts.queries import organisation
from accounts.registry import MOST, Seldom, Waiting, seldom, waiting
from audit.registry import Description, describe, held_back, outlasting, withheld
from board import (
    discussion,
    discussion_mails,  # noqa: F401  registers itself
    guidelines,
    mails,  # noqa: F401  registers itself
    policies,
    populations,  # noqa: F401  registers itself
    queries,
    reminding,  # noqa: F401  registers itself
    terms,
    today,  # noqa: F401  registers itself
)
from board.events import Verb
from board.models import (
    CastingVote,
    EditorialFix,
    Elector,
    HoldLapse,
    HoldRenewal,
    Position,
    PositionAnswer,
    Recusal,
    RecusalEntry,
    Statement,
    Withdrawal,
)
from board.registry import MotionKind, kinds
from board.states import BallotState
from board.steps.guidelines import adopt_guideline
from board.steps.terms import adopt_terms
from board.timing import terms_of_kind
from core.policies import Actor, any_of
from mail.registry import Fact, Group, groups


def _reads(actor: Actor, row: object) -> bool:
    return bool(policies.may_read_board(actor))


def _ballot_page(ballot_id: object) -> str:
    return reverse("board:ballot", args=[ballot_id])


def _board_page(row: object) -> str:
    return reverse("board:board")


describe.register("board.Board", Description(lambda row: row.name, _board_page, _reads, hub=True))
describe.register(
    "board.Founding", Description(str, lambda row: reverse("board:setup"), lambda actor, row: True)
)
describe.register("board.Terms", Description(str, _board_page, _reads))
describe.register(
    "board.Guideline",
    Description(
        str,
        lambda row: reverse("board:guideline", args=[row.pk]),
        _reads,
        rests_on=("certificate",),
    ),
)
describe.register(
    "board.Seat", Description(lambda row: f"{row}: {row.person.name}", _board_page, _reads, hub=True)
)
describe.register(
    "board.Motion", Description(str, lambda row: reverse("board:motion", args=[row.pk]), _reads)
)
describe.register("board.Ballot", Description(str, lambda row: _ballot_page(row.pk), _reads))
for of_a_ballot in (
    Elector,
    Position,
    Recusal,
    RecusalEntry,
    CastingVote,
    Withdrawal,
    Statement,
    EditorialFix,
):
    describe.register(
        of_a_ballot._meta.label, Description(str, lambda row: _ballot_page(row.ballot_id), _reads)
    )
for of_a_position in (HoldRenewal, HoldLapse, PositionAnswer):
    describe.register(
        of_a_position._meta.label,
        Description(str, lambda row: _ballot_page(row.position.ballot_id), _reads),
    )
describe.register(
    "board.OutcomeStatement",
    Description(
        str,
        lambda row: reverse("board_public:decision", args=[row.certificate.number]),
        lambda actor, row: queries.may_read_decision(actor, row.certificate_id),
    ),
)
describe.register(
    "board.Comment",
    Description(
        str,
        lambda row: reverse("board:motion-discussion", args=[row.motion_id]),
        lambda actor, row: bool(discussion.may_read(actor, row.motion)),
    ),
)
describe.register(
    "board.Certificate",
    Description(
        str,
        lambda row: reverse("board_public:decision", args=[row.number]),
        lambda actor, row: queries.may_read_decision(actor, row.pk),
        rests_on=("ballot",),
    ),
)


def _go_on_saying(actor: Actor, texts: Mapping[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    """The decisions that show these texts after their redaction, too."""
    return {
        key: [(str(row), reverse("board_public:decision", args=[row.number])) for row in rows]
        for key, rows in queries.decisions_that_go_on_saying(actor, texts).items()
    }


outlasting.register("board", _go_on_saying)
withheld.register("board", queries.told_at_the_close)
held_back.register("board", queries.openings_of_secret_votes)

kinds.register("resolution", MotionKind(label="Resolution", terms=terms_of_kind("resolution"), by_hand=True))
kinds.register(
    terms.TERMS,
    MotionKind(
        label="Voting rules",
        terms=terms_of_kind(terms.TERMS),
        obstacles=terms.obstacles,
        foresees=terms.foresees,
        effect=adopt_terms,
        effects=terms.effects,
        composed=True,
    ),
)
kinds.register(
    "guidelines",
    MotionKind(
        label="Guidelines",
        terms=terms_of_kind("guidelines"),
        obstacles=guidelines.obstacles,
        asks=guidelines.asks,
        effect=adopt_guideline,
        foresees=guidelines.foresees,
        effects=guidelines.effects,
        composed=True,
    ),
)


def _waiting(actor: Actor) -> list[Waiting]:
    """Votes without the actor's position, and results the actor may certify."""
    votes = queries.ballots_awaiting(actor) if any_of(actor, "board_member") else []
    # Apart, so that a secret one takes no other's place in what is told elsewhere.
    known, secret = ([row for row in votes if row.secret is of] for of in (False, True))
    keeps = any_of(actor, "secretary")
    results = queries.ballots_awaiting_the_secretary(actor) if keeps else ()
    proposals = queries.motions_awaiting_the_secretary(actor) if keeps else ()
    return [
        *(
            Waiting(
                title=f"Vote: {ballot.motion.title}",
                url=_ballot_page(ballot.pk),
                detail=f"{ballot.motion.board.name}, round {ballot.round}. You have not voted yet.",
                action="Open the vote",
                due=ballot.closes_at,
                private=ballot.secret,
            )
            for ballot in [*known[: MOST + 1], *secret[: MOST + 1]]
        ),
        *(
            Waiting(
                title=f"Certify: {ballot.motion.title}",
                url=reverse("board:ballot-certify", args=[ballot.pk]),
                detail=f"{ballot.motion.board.name}, round {ballot.round}. It is closed; nothing takes effect before.",
                action="Certify result",
            )
            for ballot in results[: MOST + 1]
        ),
        *(
            Waiting(
                title=f"Open a vote: {motion.title}",
                url=reverse("board:motion", args=[motion.pk]),
                detail=f"{motion.board.name}. It was proposed and is not in a vote yet.",
                action="Read it",
            )
            for motion in proposals[: MOST + 1]
        ),
    ]


waiting.register("board", _waiting)


def _questions(actor: Actor) -> list[Waiting]:
    """Questions put to the actor in discussions, the most urgent first."""
    return [
        Waiting(
            title=f"Answer a question: {asked.motion.title}",
            url=reverse("board:comment-reply", args=[asked.pk]),
            detail=f"{asked.author_name} asks you in the discussion of proposal {asked.motion.number}.",
            action="Answer",
            due=asked.answer_by,
        )
        for asked in discussion.questions_to(actor)[: MOST + 1]
    ]


seldom.register(
    "discussion",
    Seldom(
        lambda actor: discussion.questions_to(actor) if policies.may_read_board(actor) else None, _questions
    ),
)


def _entered_positions(actor: Actor) -> list[Waiting]:
    """Positions the secretary entered for the actor, who says whether they are theirs."""
    return [
        Waiting(
            title=f"Confirm or contest your position: {taken.ballot.motion.title}",
            url=reverse("board:ballot-answer", args=[taken.ballot_id, taken.number]),
            detail=f"{taken.entered_by_name} entered “{taken.position}” for you. It counts unless you contest it.",
            action="Answer",
            due=taken.ballot.closes_at if taken.ballot.state == BallotState.OPEN else None,
        )
        for taken in queries.positions_to_answer(actor)[: MOST + 1]
    ]


def _entered_recusals(actor: Actor) -> list[Waiting]:
    """Recusals the secretary entered for the actor, without effect before they are confirmed."""
    return [
        Waiting(
            title=f"Confirm or decline your recusal: {entry.ballot.motion.title}",
            url=reverse("board:ballot-recusal-answer", args=[entry.ballot_id]),
            detail=f"{entry.entered_by_name} entered it for you. It has no effect before you confirm it.",
            action="Answer",
            due=entry.ballot.closes_at,
        )
        for entry in queries.recusals_to_answer(actor)[: MOST + 1]
    ]


def _withdrawals(actor: Actor) -> list[Waiting]:
    """What somebody wants to take back during its vote, for whoever presides over it."""
    return [
        Waiting(
            title=f"Agree to a withdrawal, or not: {asked.ballot.motion.title}",
            url=_ballot_page(asked.ballot_id),
            detail=f"{asked.ballot.motion.mover_name} wants to take it back. The vote goes on until you agree.",
            action="Read it",
            due=asked.ballot.closes_at,
        )
        for asked in queries.withdrawals_asked(actor)[: MOST + 1]
        if policies.may_agree_to_withdrawal(actor, asked.ballot, list(queries.electors_of(asked.ballot)))
    ]


seldom.register(
    "withdrawals",
    Seldom(
        lambda actor: queries.withdrawals_asked(actor) if policies.may_read_board(actor) else None,
        _withdrawals,
    ),
)
seldom.register(
    "entered_positions",
    Seldom(
        lambda actor: queries.positions_to_answer(actor) if policies.may_read_board(actor) else None,
        _entered_positions,
    ),
)
seldom.register(
    "entered_recusals",
    Seldom(
        lambda actor: queries.recusals_entered(actor) if policies.may_read_board(actor) else None,
        _entered_recusals,
    ),
)


def _decision(certificate_id: str) -> Fact | None:
    """What a webhook is told of a certified result: never how anybody voted."""
    row = queries.decisions(None).filter(pk=certificate_id).first()
    if row is None:
        return None
    address = reverse("board_public:decision", args=[row.number])
    return Fact(label=f"Decision {row.number}: {row.ballot.motion.title}", url=address)


groups.register("decisions", Group("Certified decisions", frozenset({str(Verb.RESULT_CERTIFIED)}), _decision))


def _founding(actor: Actor) -> list[Waiting]:
    """Before the founding: it waits for whoever begins it, then for whoever confirms it."""
    keeper = bool(policies.may_propose_founding(actor))
    if organisation().founded:
        return []
    # Whoever confirms it may be anybody here, with whatever roles, or none yet.
    begun, alone = queries.founding_stands() if keeper else (True, False)
    proposed = queries.founding_proposed() if begun else None
    here = reverse("board:setup")
    if proposed is not None and actor.id == proposed.confirmer_id:
        detail = f"{proposed.proposer.name} proposed it. Nothing of it stands before you have confirmed it."
        return [
            Waiting(f"Confirm the founding of {proposed.proposal['organisation']}", here, detail, "Read it")
        ]
    if proposed is None and (begun or alone) and keeper:
        detail = "Name the organisation, its first board and the second person, who confirms it all."
        return [Waiting("Found this installation", here, detail, "Begin")]
    return []


waiting.register("founding", _founding)
