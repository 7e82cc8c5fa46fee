"""Voting rules that a motion proposes, and their adoption when it carries."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from audit.commands import in_command, record
from board.events import Verb
from board.models import Certificate, Motion, Terms
from board.tally import STANDARD_TERMS, terms_as_data
from board.terms import asked_of, in_force
from board.timing import STANDARD_TIMING
from board.wording import counted, rules_in_words
from core import clock


@dataclass(frozen=True)
class Fault:
    """What is wrong with a proposal, and the field it is about."""

    field: str
    sentence: str


@dataclass(frozen=True)
class ProposedTerms:
    """One of the six standard sets with a timing and an act floor of its own. All in days but `act_floor`."""

    name: str
    minimum_opening_days: int
    hold_lapse_days: int
    extension_days: int
    act_floor: int

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def in_words(self) -> str:
        """What the motion asks, so that it can be carried out as written."""
        rules = rules_in_words(replace(STANDARD_TERMS[self.name], act_floor=self.act_floor))
        return (
            f"Adopt the {self.label.lower()} voting rules as follows. Carries with: {rules['threshold']}. "
            f"Quorum: {rules['quorum']}. Also: {rules['also']}. A vote is open for at least "
            f"{counted(self.minimum_opening_days, 'day')}; a hold lapses after {counted(self.hold_lapse_days, 'day')}; "
            f"a vote is extended once, by at most {counted(self.extension_days, 'day')}. "
            "They hold for votes opened after the certification."
        )

    def fault(self, *, demonstration: bool) -> Fault | None:
        """The first thing that cannot be adopted, or None. A demonstration board may go without a minimum."""
        if self.name not in STANDARD_TERMS:
            return Fault("name", "Choose one of the six sets of voting rules.")
        if self.act_floor < 2:
            return Fault("act_floor", "At least two electors must be able to act.")
        if self.minimum_opening_days < 1 and not demonstration:
            return Fault("minimum_opening_days", "A vote is open for at least one day.")
        if self.hold_lapse_days < 1:
            return Fault("hold_lapse_days", "A hold lives for at least one day.")
        return None

    def same_as(self, terms: Terms) -> bool:
        """Whether these rules are in force already."""
        return self == ProposedTerms(
            terms.name,
            terms.minimum_opening_days,
            terms.hold_lapse_days,
            terms.extension_days,
            terms.tally_terms.act_floor,
        )

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def adopt_terms(motion: Motion, certificate: Certificate) -> None:
    """The effect of a carried motion of the kind "terms": the next version, never a change of an old one.

    Also where another version was adopted while the board voted: the motion names its rules in full.
    """
    in_command()
    proposed = ProposedTerms(**asked_of(motion)["terms"])
    last = in_force(motion)
    terms = Terms(
        board=motion.board,
        name=proposed.name,
        version=last.version + 1 if last else 1,
        arithmetic=terms_as_data(replace(STANDARD_TERMS[proposed.name], act_floor=proposed.act_floor)),
        minimum_opening_days=proposed.minimum_opening_days,
        hold_lapse_days=proposed.hold_lapse_days,
        extension_days=proposed.extension_days,
        early_close=STANDARD_TIMING[proposed.name].early_close,
        adopted_at=clock.now(),
        basis=f"Decision {certificate.number}",
    )
    terms.save(force_insert=True)
    record(terms, verb=Verb.TERMS_ADOPTED, data={"decision": certificate.number, "version": terms.version})
