"""What apps above tell the board about a kind of motion. Not here: what they do when it carries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import QuerySet

from core.policies import Actor
from core.registry import Registry

if TYPE_CHECKING:
    from board.models import Certificate, Motion


@dataclass(frozen=True)
class Paper:
    """One section of what the board reads. `template` gets `context`; `title` is its heading and its anchor."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """What a motion is about, for a link. `url` may be empty."""

    label: str
    url: str = ""


class Foresight(Protocol):
    """What certifying a result does, in sentences."""

    def __call__(self, motion: "Motion", *, carried: bool) -> list[str]: ...


@dataclass(frozen=True)
class MotionKind:
    """How motions of one kind are voted on.

    `terms`: the name of one of the six standard terms. `obstacles(motion)`: sentences saying what still forbids
    opening a ballot. `papers(viewer, motion)`: what an elector reads before voting, never shown to the recused.
    `effect(motion, certificate)`: runs inside the certifying transaction, only when carried; it uses steps and
    models, never commands. `ended(motion, certificate)`: the same for every other result.
    `stands_against(motion)`: what was promised and speaks against it; where anything does, it is voted under the
    irreversible rules.
    `public_papers(certificate)`: sections of the public decision. `exhibits(motion)`: what the board pack holds
    besides the papers: the dossier's facts and exhibits, for those who may read the papers.
    `effects(motion, certificate)`: in sentences, what a carried decision does, for its minutes. `asks(motion)`: what
    is asked beyond its words, shown wherever they are: before, in and after the vote, to whoever reads them.
    `foresees(motion, carried=…)`: what certifying such a result does now, in sentences, for whoever is about to.
    `effects_of_loss(motion, certificate)`: in sentences, what a lost decision did beyond leaving things as they were.
    `by_hand`: offered on the page for new motions; others are moved by a command of the app that knows them.
    `composed`: its words are made from what it proposes, so they are not edited; it is taken back and moved anew.
    """

    label: str
    terms: str
    obstacles: "Callable[[Motion], list[str]]" = lambda motion: []
    papers: "Callable[[Actor | None, Motion], list[Paper]]" = lambda viewer, motion: []
    effect: "Callable[[Motion, Certificate], None]" = lambda motion, certificate: None
    ended: "Callable[[Motion, Certificate], None]" = lambda motion, certificate: None
    subject: "Callable[[Motion], Subject | None]" = lambda motion: None
    public_subject: "Callable[[Motion], Subject | None]" = lambda motion: None
    public_papers: "Callable[[Certificate], list[Paper]]" = lambda certificate: []
    exhibits: "Callable[[Motion], list[Paper]]" = lambda motion: []
    effects: "Callable[[Motion, Certificate], list[str]]" = lambda motion, certificate: []
    effects_of_loss: "Callable[[Motion, Certificate], list[str]]" = lambda motion, certificate: []
    foresees: "Foresight" = lambda motion, *, carried: []
    stands_against: "Callable[[Motion], list[Subject]]" = lambda motion: []
    asks: "Callable[[Motion], list[Paper]]" = lambda motion: []
    by_hand: bool = False
    composed: bool = False

    def what_a_loss_did(self, motion: "Motion", certificate: "Certificate") -> list[str]:
        """In sentences; nothing where it carried, or left things as they were."""
        return [] if certificate.carried else self.effects_of_loss(motion, certificate)

    def rules(self, motion: "Motion") -> str:
        """The name of the terms this very motion is voted under: the strictest where a promise speaks against it."""
        return "irreversible" if self.stands_against(motion) else self.terms


# Each gives the ids of motions whose decisions are kept from a viewer now (None: nobody signed in), to filter by.
withheld: "Registry[Callable[[Actor | None], QuerySet[Any]]]" = Registry("board.withheld")
kinds: Registry[MotionKind] = Registry("kinds of motion")
