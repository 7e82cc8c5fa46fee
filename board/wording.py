"""The English of ballots: numbers in, sentences out. No dates of a reader's zone, no HTML, no database.

Used by pages, and by the certificate, which keeps its sentences.
"""

from datetime import UTC, datetime

from board.standing import Standing
from board.tally import (
    CARRIED,
    HELD,
    INQUORATE,
    LAPSED,
    NOT_CARRIED,
    TIE,
    UNABLE_TO_ACT,
    Counts,
    Outcome,
    Share,
    Terms,
)

RESULTS = {
    CARRIED: "Carried (approved)",
    NOT_CARRIED: "Not carried (too few approved)",
    TIE: "Tie (lost: as many rejected as approved)",
    HELD: "Held (a hold stood at the close)",
    INQUORATE: "Inquorate (too few took part)",
    LAPSED: "Lapsed (too few took part)",
    UNABLE_TO_ACT: "Unable to act (too few were eligible)",
}
RESULTS_SHORT = {
    CARRIED: "carried",
    NOT_CARRIED: "not carried",
    TIE: "a tie, which loses",
    HELD: "held",
    INQUORATE: "inquorate",
    LAPSED: "lapsed",
    UNABLE_TO_ACT: "unable to act",
}
_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FRACTIONS = {"1/2": "half", "2/3": "two thirds", "3/4": "three quarters", "1": "all"}


def number(count: int) -> str:
    """ "nine", "no", "13"."""
    return _SMALL[count] if count < len(_SMALL) else f"{count:,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "one approval", "three approvals"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def moment(instant: datetime) -> str:
    """ "Thu 26 Nov 2026, 17:00 UTC"; English whatever the server's locale."""
    instant = instant.astimezone(UTC)
    day = _DAYS[instant.weekday()]
    month = _MONTHS[instant.month - 1]
    return f"{day} {instant.day} {month} {instant.year}, {instant:%H:%M} UTC"


def share(part: Share) -> str:
    """ "at least two thirds", "more than half", "all"."""
    name = _FRACTIONS.get(str(part.fraction), str(part.fraction))
    if name == "all":
        return name
    return f"{'more than' if part.more_than else 'at least'} {name}"


def rules_in_words(terms: Terms) -> dict[str, str]:
    """Voting rules as a row of a table: what carries, the quorum, and what else they say."""
    of = {"cast": "of those who approve or reject", "eligible": "of the eligible"}
    quorum = f"{share(terms.quorum)} of the eligible"
    also = [f"never fewer than {number(terms.least_approvals)} approvals"]
    if terms.approval_floor:
        also.append(f"approvals {share(terms.approval_floor)} of the eligible")
    if terms.most_rejects is not None:
        allowed = (
            f"at most {counted(terms.most_rejects, 'rejection')}" if terms.most_rejects else "no rejection"
        )
        also.append(allowed)
    also.append("a hold blocks" if terms.holds_block else "holds do not block")
    if terms.casting_vote:
        also.append("the chair’s casting vote breaks a tie")
    also.append(f"at least {number(terms.act_floor)} able to act")
    return {
        "threshold": f"{share(terms.threshold)} {of[terms.threshold_of]}",
        "quorum": quorum if terms.quorum_gates else f"{quorum}, a label only",
        "also": "; ".join(also),
    }


def result_sentence(counts: Counts, outcome: Outcome) -> str:
    """The result of a round: what it is, over whom, against what was needed."""
    numbers = (
        f"{counts.approve} of {outcome.eligible} eligible approved; "
        f"{outcome.needed} {'was' if outcome.needed == 1 else 'were'} needed."
    )
    further = {
        UNABLE_TO_ACT: f" Only {outcome.eligible} of {counts.roll} on the roll were eligible.",
        INQUORATE: f" {_took_part(outcome)}",
        LAPSED: f" {_took_part(outcome)}",
        TIE: f" {number(counts.reject).capitalize()} rejected, as many as approved.",
        HELD: f" {counted(counts.hold, 'hold').capitalize()} stood; "
        f"without {'it' if counts.hold == 1 else 'them'} the result would have been: "
        f"{RESULTS_SHORT.get(outcome.would_be or '', '')}.",
    }
    tied = counts.casting is not None and counts.approve == counts.reject
    casting = " As many rejected as approved; the chair’s casting vote decided it." if tied else ""
    return f"{RESULTS[outcome.result]}: {numbers}{further.get(outcome.result, '')}{casting}"


def _took_part(outcome: Outcome) -> str:
    return f"{outcome.participation} took part; the quorum was {outcome.quorum}."


def roll_sentence(counts: Counts) -> str:
    """ "Nine on the roll, one recused: eight are eligible." """
    away = [
        f"{number(count)} {word}"
        for count, word in ((counts.recused, "recused"), (counts.departed, "left"))
        if count
    ]
    if not away:
        return f"{number(counts.roll).capitalize()} on the roll, all eligible."
    verb = "is" if counts.eligible == 1 else "are"
    eligible = f"{number(counts.eligible)} {verb} eligible"
    return f"{number(counts.roll).capitalize()} on the roll, {' and '.join(away)}: {eligible}."


def took_part_sentence(counts: Counts) -> str:
    """ "All eight took part.", "Six of the eight took part." """
    if counts.participation == counts.eligible:
        return f"All {number(counts.eligible)} took part."
    return f"{number(counts.participation).capitalize()} of the {number(counts.eligible)} took part."


def participation_sentence(counts: Counts) -> str:
    """ "Five of nine have voted; one is recused; three have no position recorded." """
    voted = number(counts.participation) if counts.participation else "none"
    parts = [f"{voted.capitalize()} of {number(counts.roll)} {_have(counts.participation)} voted"]
    if counts.recused:
        parts.append(f"{number(counts.recused)} {'is' if counts.recused == 1 else 'are'} recused")
    if counts.departed:
        parts.append(f"{number(counts.departed)} left before voting")
    if counts.silent:
        parts.append(f"{number(counts.silent)} {_have(counts.silent)} no position recorded")
    return "; ".join(parts) + "."


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def standing_sentence(found: Standing, holders: list[str]) -> str:
    """Where an open vote stands and what would change it, in one sentence."""
    counts, outcome = found.counts, found.outcome
    so_far = f"{counts.approve} of {outcome.eligible} eligible approve, {outcome.needed} needed"
    if outcome.result == UNABLE_TO_ACT:
        return (
            f"It cannot be decided: {counts.eligible} of {counts.roll} on the roll are eligible, "
            "which is too few to act."
        )
    lift = (
        f" the {'hold' if len(holders) == 1 else 'holds'} by {_listed(holders)} to be lifted"
        if holders
        else ""
    )
    if found.missing is None:
        return f"It cannot carry unless somebody changes their vote ({so_far})."
    if found.missing:
        more = counted(found.missing, "more approval", "more approvals")
        return f"It needs {more} ({so_far}){' and' + lift if lift else ''}."
    if lift:
        return f"It has the approvals ({so_far}) and needs{lift}."
    if found.settled == "carried":
        return f"It carries ({so_far}), and only a hold or a changed vote can alter that."
    return f"It carries as it stands ({so_far})."


def forecast(found: Standing, *, gates: bool) -> str:
    """Will it be valid, and what is missing: "Two more approvals carry it; quorum reached." """
    counts, outcome = found.counts, found.outcome
    if outcome.result == UNABLE_TO_ACT:
        return f"Too few are eligible to act: {counts.eligible} of {counts.roll}."
    if found.missing is None:
        carries = "It cannot carry unless somebody changes their vote"
    elif found.missing:
        one = found.missing == 1
        carries = (
            f"{number(found.missing).capitalize()} more {'approval carries' if one else 'approvals carry'} it"
        )
    else:
        carries = "It would carry" if outcome.result == HELD else "It carries as it stands"
    short = outcome.quorum - outcome.participation
    if short > 0:
        label = "" if gates else ", a label only"
        quorum = f"{number(short)} more must take part for the quorum of {number(outcome.quorum)}{label}"
    else:
        quorum = "quorum reached"
    held = f"; {counted(counts.hold, 'hold blocks', 'holds block')} it" if outcome.result == HELD else ""
    return f"{carries}; {quorum}{held}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
