"""Where a ballot stands and what would change it: numbers only, made from `board.tally`.

Not here: the sentences (`board.wording`), and who may still do what.
"""

from dataclasses import dataclass, replace

from board.tally import CARRIED, HELD, Counts, Outcome, Terms, decide


@dataclass(frozen=True)
class Standing:
    """A ballot as it is counted now.

    `missing`: how many of the silent would have to approve, holds lifted, for it to carry; 0 when it carries
    as it is, None when even all of them could not. `spare`: how many approvals fewer would still carry; None
    when it does not carry. `settled`: "carried" or "lost" when the silent can change nothing about that, holds
    aside and nobody changing; otherwise None. `fixed`: the exact result when not even its name can change.
    """

    counts: Counts
    outcome: Outcome
    missing: int | None
    spare: int | None
    settled: str | None
    fixed: str | None


@dataclass(frozen=True)
class Unrecused:
    """What the ballot would have come to had one recused elector stayed eligible and done this."""

    as_silent: Outcome
    as_approve: Outcome
    as_reject: Outcome


def standing(terms: Terms, counts: Counts) -> Standing:
    """Where the ballot stands and what the silent could still do to it."""
    outcome = decide(terms, counts)
    possible = {result_holds_aside(terms, completion) for completion in _extremes(counts)}
    carries = {result == CARRIED for result in possible}
    settled = None if len(carries) > 1 else "carried" if True in carries else "lost"
    return Standing(
        counts=counts,
        outcome=outcome,
        missing=_missing(terms, counts),
        spare=_spare(terms, counts),
        settled=settled,
        fixed=possible.pop() if len(possible) == 1 and outcome.result != HELD else None,
    )


def result_holds_aside(terms: Terms, counts: Counts) -> str:
    """The result, or what a held ballot would have been."""
    outcome = decide(terms, counts)
    return outcome.would_be or outcome.result


def without_one_recusal(terms: Terms, counts: Counts) -> Unrecused:
    """The outcomes had one recused elector not been. ValueError when nobody is recused."""
    if not counts.recused:
        raise ValueError("nobody is recused")
    back = replace(counts, recused=counts.recused - 1)
    return Unrecused(
        as_silent=decide(terms, back),
        as_approve=decide(terms, replace(back, approve=back.approve + 1)),
        as_reject=decide(terms, replace(back, reject=back.reject + 1)),
    )


def _extremes(counts: Counts) -> list[Counts]:
    """What the silent can do at most: stay silent, all approve, all reject, all abstain.

    No mixture reaches a result that none of these does; the tests enumerate that.
    """
    left = replace(counts, casting=None)
    return [
        left,
        replace(left, approve=left.approve + left.silent),
        replace(left, reject=left.reject + left.silent),
        replace(left, abstain=left.abstain + left.silent),
    ]


def _missing(terms: Terms, counts: Counts) -> int | None:
    left = replace(counts, casting=None)
    for more in range(counts.silent + 1):
        if result_holds_aside(terms, replace(left, approve=left.approve + more)) == CARRIED:
            return more
    return None


def _spare(terms: Terms, counts: Counts) -> int | None:
    left = replace(counts, casting=None)
    carrying = [
        fewer
        for fewer in range(counts.approve + 1)
        if result_holds_aside(terms, replace(left, approve=left.approve - fewer)) == CARRIED
    ]
    return max(carrying) if carrying and carrying[0] == 0 else None
