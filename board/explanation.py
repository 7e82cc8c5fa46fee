"""Why a result is what it is: every rule with its numbers, and how near another result was.

English for pages and for the certificate. The sentences of a ballot's standing are in `board.wording`.
"""

from dataclasses import dataclass

from board.standing import Standing, Unrecused, standing, without_one_recusal
from board.tally import HELD, Counts, Outcome, Terms
from board.wording import RESULTS_SHORT, counted, number, share


@dataclass(frozen=True)
class Rule:
    """One line of the arithmetic: what is asked, of whom, the numerator needed and reached."""

    name: str
    asks: str
    denominator: int
    of_whom: str
    needed: int | None
    reached: int
    met: bool


def arithmetic(terms: Terms, counts: Counts, outcome: Outcome) -> list[Rule]:
    """Every rule the result rests on, with numerator, denominator and who is in it."""
    eligible = _eligible(counts)
    cast = f"those who approve ({counts.approve}) or reject ({counts.reject})"
    base, whom = (counts.cast, cast) if terms.threshold_of == "cast" else (counts.eligible, eligible)
    half = -(-counts.roll // 2)
    able = max(terms.act_floor, half)
    rules = [
        Rule("Able to act", f"at least {terms.act_floor} and half the roll", counts.roll, "everybody on the roll", able,
             counts.eligible, counts.eligible >= able),
        Rule("Quorum", share(terms.quorum) + ("" if terms.quorum_gates else ", a label only"), counts.eligible,
             eligible, outcome.quorum, counts.participation, counts.participation >= outcome.quorum),
        _rule("Threshold", share(terms.threshold), base, whom, terms.threshold.need(base), counts.approve),
    ]  # fmt: skip
    if terms.approval_floor:
        need = terms.approval_floor.need(counts.eligible)
        rules.append(
            _rule(
                "Approval floor", share(terms.approval_floor), counts.eligible, eligible, need, counts.approve
            )
        )
    rules.append(
        _rule("Least approvals", f"at least {terms.least_approvals}", counts.eligible, eligible, terms.least_approvals,
              counts.approve)
    )  # fmt: skip
    if terms.most_rejects is not None:
        rules.append(
            Rule("Most rejections", f"at most {terms.most_rejects}", counts.eligible, eligible, terms.most_rejects,
                 counts.reject, counts.reject <= terms.most_rejects)
        )  # fmt: skip
    if terms.holds_block:
        rules.append(
            Rule("Holds", "none may stand", counts.eligible, eligible, 0, counts.hold, counts.hold == 0)
        )
    return rules


def _eligible(counts: Counts) -> str:
    away = [
        f"{count} {word}" for count, word in ((counts.recused, "recused"), (counts.departed, "left")) if count
    ]
    return f"the eligible: {counts.roll} on the roll" + (f" less {' and '.join(away)}" if away else "")


def _rule(name: str, asks: str, base: int, whom: str, need: int, reached: int) -> Rule:
    return Rule(name, asks, base, whom, need, reached, reached >= need)


def needed_sentence(terms: Terms, counts: Counts, outcome: Outcome) -> str:
    """Why this many approvals are needed."""
    base = "those who approve or reject" if terms.threshold_of == "cast" else "the eligible"
    of = counts.cast if terms.threshold_of == "cast" else counts.eligible
    parts = [f"{share(terms.threshold)} of {base} ({terms.threshold.need(of)} of {of})"]
    if terms.approval_floor:
        floor = terms.approval_floor.need(counts.eligible)
        parts.append(f"{share(terms.approval_floor)} of the eligible ({floor} of {counts.eligible})")
    parts.append(f"never fewer than {number(terms.least_approvals)}")
    return f"Approvals must be {', and '.join(parts)}. The largest number counts: {outcome.needed}."


def without(terms: Terms, counts: Counts, recused: list[str]) -> list[str]:
    """How it would have gone without each of these recusals: one sentence per name."""
    if not recused:
        return []
    back = without_one_recusal(terms, counts)
    return [f"Without the recusal of {name} {_unrecused(back)}" for name in recused]


def margins(terms: Terms, counts: Counts) -> list[str]:
    """What a certificate says about how near another result was, in approvals."""
    lines = []
    found = standing(terms, counts)
    if found.spare is not None:
        fewer = counted(found.spare + 1, "approval fewer", "approvals fewer").capitalize()
        lines.append(f"{fewer} would have lost it.")
    elif found.missing:
        more = counted(found.missing, "more approval", "more approvals").capitalize()
        silent = f"from the {number(counts.silent)} without a position"
        holds = ", and no hold," if found.outcome.result == HELD else ""
        lines.append(f"{more} {silent}{holds} would have carried it.")
    return lines


def _unrecused(back: Unrecused) -> str:
    """The result if the recused elector had stayed: counted as silent, as approving, as rejecting."""
    results = {
        "silent": back.as_silent,
        "approving": back.as_approve,
        "rejecting": back.as_reject,
    }
    if len({outcome.result for outcome in results.values()}) == 1:
        return f"the result would be {RESULTS_SHORT[back.as_silent.result]}, whatever they did."
    said = "; ".join(
        f"counted as {how}: {RESULTS_SHORT[outcome.result]} ({outcome.needed} needed)"
        for how, outcome in results.items()
    )
    return f"the result would be: {said}."


def prospects(terms: Terms, found: Standing, recused: list[str]) -> list[str]:
    """What would change the result of a vote that is still open."""
    counts, outcome = found.counts, found.outcome
    lines = []
    if counts.hold and terms.holds_block:
        lines.append("If a hold stands at the close, this round ends as held, whatever the numbers.")
    if found.settled and counts.silent:
        result = "carries" if found.settled == "carried" else "is lost"
        lines.append(f"Holds aside, it {result} whatever those without a position do.")
    elif found.missing:
        lines.append(
            f"If {counted(found.missing, 'more member approves', 'more members approve')}, it carries."
        )
    elif found.spare is not None:
        lines.append(
            f"{counted(found.spare + 1, 'approval fewer', 'approvals fewer').capitalize()} would lose it."
        )
    if counts.silent and not terms.quorum_gates and outcome.participation < outcome.quorum:
        lines.append("Too few have taken part so far: if it fails like this, it is called inquorate.")
    return lines + without(terms, counts, recused)
