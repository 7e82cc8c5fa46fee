"""What apps above tell lifecycle: what a case must show, what a dossier holds, what a model's page shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import TextChoices

from accounts.queries import organisation
from accounts.states import Profile
from core.policies import Actor
from core.registry import Registry

if TYPE_CHECKING:
    from board.registry import Paper
    from lifecycle.models import AIModel, Case


class Status(TextChoices):
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    WAIVED = "waived", "Waived"
    DOES_NOT_APPLY = "does_not_apply", "Does not apply"


@dataclass(frozen=True)
class Finding:
    """Whether a case meets a requirement, in one sentence, with where the evidence is (or "")."""

    status: Status
    sentence: str
    evidence_url: str = ""

    @property
    def forbids(self) -> bool:
        """Whether it keeps the case from a ballot."""
        return self.status == Status.NOT_MET


@dataclass(frozen=True)
class Requirement:
    """Something a case must show before a ballot on it can open. `order` is its place in the list.

    `asks`: what it asks, in a sentence. `profiles`: the organisations it is asked in; elsewhere it does not apply.
    """

    label: str
    check: "Callable[[Case], Finding]"
    order: int = 50
    asks: str = ""
    profiles: frozenset[str] = frozenset(Profile.values)

    def finding(self, case: "Case") -> Finding:
        """What the case shows, where the organisation's profile asks for it at all."""
        profile = organisation().profile
        if profile in self.profiles:
            return self.check(case)
        if profile == Profile.WATCH:
            return Finding(Status.DOES_NOT_APPLY, "This installation watches vendors’ models only.")
        return Finding(Status.DOES_NOT_APPLY, f"Not asked under the profile {profile.label}.")


@dataclass(frozen=True)
class Panel:
    """A section of a page. `template` gets `context`.

    `title` and `anchor`: how the page's list of its parts names it, and the id of its heading; "" leaves it out.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Quote:
    """The model's own words for the brief of a case, with their label and where they stand."""

    text: str
    source: str
    label: str = ""
    url: str = ""


# Each says of one case whether it is met. Register order is not shown order: see Requirement.order.
requirements: "Registry[Requirement]" = Registry("lifecycle.requirements")

# JSON that goes into the dossier of a case under the registered key.
exhibits: "Registry[Callable[[Case], dict[str, Any]]]" = Registry("lifecycle.exhibits")

# The same on paper, for the board pack, from that JSON as the dossier froze it.
exhibit_papers: "Registry[Callable[[dict[str, Any]], Sequence[Paper]]]" = Registry("lifecycle.exhibit_papers")

# The model's words for the brief, at most three are shown: (case) -> quotes.
quotes: "Registry[Callable[[Case], Sequence[Quote]]]" = Registry("lifecycle.quotes")

# Sections of an AI model's public page (viewer None: nobody signed in) and of a case's desk page.
panels: "Registry[Callable[[Actor | None, AIModel], Panel | None]]" = Registry("lifecycle.panels")
case_panels: "Registry[Callable[[Actor, Case], Panel | None]]" = Registry("lifecycle.case_panels")

# Sections of the register, and further columns of its table of our models: title -> {model id: words}.
front_panels: "Registry[Callable[[Actor | None], Panel | None]]" = Registry("lifecycle.front_panels")
columns: "Registry[Callable[[Sequence[AIModel]], Mapping[UUID, str]]]" = Registry("lifecycle.columns")
