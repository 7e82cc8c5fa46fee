"""The arithmetic of a ballot: numbers in, numbers out.

Integers and fractions only, never floats. Nothing here knows the database, Django or English: who is counted
is decided by the caller, sentences are made in `board.wording`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any, Literal

Base = Literal["cast", "eligible"]
Casting = Literal["approve", "reject"]

CARRIED = "carried"
NOT_CARRIED = "not_carried"
TIE = "tie"
INQUORATE = "inquorate"
LAPSED = "lapsed"
HELD = "held"
UNABLE_TO_ACT = "unable_to_act"
RESULTS = (CARRIED, NOT_CARRIED, TIE, INQUORATE, LAPSED, HELD, UNABLE_TO_ACT)


@dataclass(frozen=True)
class Share:
    """A part of a whole: at least `fraction` of it, or more than `fraction` of it."""

    fraction: Fraction
    more_than: bool = False

    def need(self, whole: int) -> int:
        """The smallest whole number that is this share of `whole`."""
        top, bottom = self.fraction.numerator * whole, self.fraction.denominator
        return top // bottom + 1 if self.more_than else -(-top // bottom)


@dataclass(frozen=True)
class Terms:
    """The arithmetic of voting rules. Their timing (opening, lapses, extension) is not here.

    `quorum_gates`: too few taking part decides at once, else it is only a label of a lost ballot.
    `lapses`: a ballot stopped by that gate has lapsed instead of being inquorate.
    `most_rejects` None: any number. `act_floor`: fewer eligible electors than this cannot act.
    """

    name: str
    threshold: Share
    threshold_of: Base
    quorum: Share
    quorum_gates: bool = False
    lapses: bool = False
    approval_floor: Share | None = None
    least_approvals: int = 2
    most_rejects: int | None = None
    holds_block: bool = True
    casting_vote: bool = False
    act_floor: int = 3

    @property
    def simple_majority(self) -> bool:
        """Whether the threshold is more than half of those cast: only then can a ballot tie."""
        return self.threshold_of == "cast" and self.threshold == Share(Fraction(1, 2), more_than=True)


@dataclass(frozen=True)
class Counts:
    """What is counted. ValueError when the numbers cannot all be true of one ballot.

    `roll`: electors frozen at opening. `casting`: the chair's casting vote, passed only for an eligible chair
    who took neither side; it is looked at only when the ballot ties.
    """

    roll: int
    recused: int = 0
    departed: int = 0
    approve: int = 0
    reject: int = 0
    abstain: int = 0
    hold: int = 0
    casting: Casting | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "casting" and (type(value) is not int or value < 0):
                raise ValueError(f"{field.name} must be a whole number, zero or more, not {value!r}")
        if self.casting not in (None, "approve", "reject"):
            raise ValueError(f"casting must be 'approve', 'reject' or None, not {self.casting!r}")
        if self.eligible < 0:
            raise ValueError("more electors recused or departed than stand on the roll")
        if self.participation > self.eligible:
            raise ValueError("more positions than eligible electors")
        if self.casting is not None and self.cast == self.eligible:
            raise ValueError("a casting vote needs a chair who took neither side, and nobody is left")

    @property
    def eligible(self) -> int:
        """E: the roll less those recused and departed."""
        return self.roll - self.recused - self.departed

    @property
    def cast(self) -> int:
        """Approvals and rejections: what "of those cast" is a share of."""
        return self.approve + self.reject

    @property
    def participation(self) -> int:
        """P: everybody with a position."""
        return self.cast + self.abstain + self.hold

    @property
    def silent(self) -> int:
        """Eligible electors without a position."""
        return self.eligible - self.participation


@dataclass(frozen=True)
class Outcome:
    """What the counts come to. `would_be` is what a held ballot would have been, otherwise None."""

    result: str
    would_be: str | None
    eligible: int
    participation: int
    quorum: int
    needed: int


def needed(terms: Terms, counts: Counts) -> int:
    """The approvals needed: the largest of threshold, approval floor and least approvals."""
    base = counts.cast if terms.threshold_of == "cast" else counts.eligible
    floor = terms.approval_floor.need(counts.eligible) if terms.approval_floor else 0
    return max(terms.threshold.need(base), floor, terms.least_approvals)


def decide(terms: Terms, counts: Counts) -> Outcome:
    """The outcome of these counts under these terms. The first rule that matches wins."""
    result, would_be = _unheld(terms, counts), None
    if not _able(terms, counts):
        result = UNABLE_TO_ACT
    elif counts.hold and terms.holds_block:
        result, would_be = HELD, result
    return Outcome(
        result=result,
        would_be=would_be,
        eligible=counts.eligible,
        participation=counts.participation,
        quorum=terms.quorum.need(counts.eligible),
        needed=needed(terms, counts),
    )


def _able(terms: Terms, counts: Counts) -> bool:
    half_the_roll = -(-counts.roll // 2)
    return counts.roll > 0 and counts.eligible >= max(terms.act_floor, half_the_roll)


def _unheld(terms: Terms, counts: Counts) -> str:
    """Rules 3 to 7: the result when no hold stops it."""
    quorate = counts.participation >= terms.quorum.need(counts.eligible)
    if terms.quorum_gates and not quorate:
        return LAPSED if terms.lapses else INQUORATE
    if terms.most_rejects is not None and counts.reject > terms.most_rejects:
        return NOT_CARRIED
    if counts.approve >= needed(terms, counts):
        return CARRIED
    if terms.simple_majority and counts.approve == counts.reject >= terms.least_approvals:
        return _broken_tie(terms, counts)
    return NOT_CARRIED if quorate else INQUORATE


def _broken_tie(terms: Terms, counts: Counts) -> str:
    if not terms.casting_vote or counts.casting is None:
        return TIE
    return CARRIED if counts.casting == "approve" else NOT_CARRIED


_HALF = Share(Fraction(1, 2), more_than=True)
_TWO_THIRDS = Share(Fraction(2, 3))
_THREE_QUARTERS = Share(Fraction(3, 4))
_ALL = Share(Fraction(1))

_ORDINARY = Terms("ordinary", _HALF, "cast", quorum=_HALF, quorum_gates=True)

STANDARD_TERMS: dict[str, Terms] = {
    terms.name: terms
    for terms in (
        _ORDINARY,
        replace(_ORDINARY, name="ordinary_casting", casting_vote=True),
        Terms("retirement", _TWO_THIRDS, "cast", quorum=_TWO_THIRDS, approval_floor=_HALF),
        Terms("irreversible", _THREE_QUARTERS, "eligible", quorum=_THREE_QUARTERS, most_rejects=1),
        Terms(
            "hold_override", _TWO_THIRDS, "eligible", quorum=_TWO_THIRDS, most_rejects=2, holds_block=False
        ),
        Terms(
            "written_consent", _ALL, "eligible", quorum=_ALL, quorum_gates=True, lapses=True, most_rejects=0
        ),
    )
}


def terms_as_data(terms: Terms) -> dict[str, Any]:
    """The terms as JSON-able data, for the snapshot a ballot keeps."""
    return {field.name: _as_data(getattr(terms, field.name)) for field in fields(terms)}


def terms_from_data(data: Mapping[str, Any]) -> Terms:
    """The terms of a snapshot. TypeError when it holds a name that is none of theirs."""
    return Terms(**{key: _from_data(value) for key, value in data.items()})


def _as_data(value: object) -> object:
    if not isinstance(value, Share):
        return value
    return {
        "numerator": value.fraction.numerator,
        "denominator": value.fraction.denominator,
        "more_than": value.more_than,
    }


def _from_data(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return Share(Fraction(value["numerator"], value["denominator"]), value["more_than"])
