"""What changed from one round's dossier to the next: read from the two frozen documents alone."""

from dataclasses import dataclass, field
from typing import Any

from lifecycle.models import Dossier
from lifecycle.queries.dossiers import BRIEF

NAMES = {
    **{name: title for name, title, _ in BRIEF},
    "title": "Title",
    "reason": "Why",
    "announced_on": "Announced on",
    "retires_on": "Takes effect on",
    "ends_as": "It ends as",
    "our_use": "Our use becomes",
    "replacement": "Replacement",
    "no_replacement_reason": "Why there is no replacement",
    "access_plan": "Who can still use it, and how",
    "preservation_plan": "How its weights are kept",
    "promise": "What the decision promises",
    "promise_due_on": "Promised by",
    "steward": "Steward",
}


@dataclass(frozen=True)
class Changed:
    """One thing that reads otherwise than before."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """All that changed between two rounds. `elsewhere`: parts of the documents that differ in other ways."""

    earlier: Dossier
    words: list[Changed] = field(default_factory=list)
    requirements: list[Changed] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.words or self.requirements or self.elsewhere)


def difference(earlier: Dossier, later: Dossier) -> Difference:
    """What the later dossier says otherwise, in the order of the brief."""
    before, after = earlier.document, later.document
    return Difference(
        earlier=earlier,
        words=[
            Changed(title, str(before["case"].get(name) or ""), str(after["case"].get(name) or ""))
            for name, title in NAMES.items()
            if (before["case"].get(name) or "") != (after["case"].get(name) or "")
        ],
        requirements=_requirements(before, after),
        elsewhere=[_count(name, before, after) for name in ("facts", "quotes", "exhibits", "ai_model")
                   if before.get(name) != after.get(name)],
    )  # fmt: skip


def _requirements(before: dict[str, Any], after: dict[str, Any]) -> list[Changed]:
    earlier = {each["key"]: each for each in before["requirements"]}
    found = []
    for each in after["requirements"]:
        old = earlier.get(each["key"])
        now = (each["status"], each["sentence"])
        if old is None or (old["status"], old["sentence"]) != now:
            found.append(Changed(each["label"], old["sentence"] if old else "", each["sentence"]))
    return found


def _count(name: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    """One sentence about a part that is a list, or that simply differs."""
    words = {"facts": "facts about the model", "quotes": "quotes", "exhibits": "exhibits"}
    if name == "ai_model":
        return "The model’s own particulars changed."
    old, new = len(before.get(name, ())), len(after.get(name, ()))
    if old == new:
        return f"Among the {words[name]} something changed; there are {new} as before."
    return f"{new} {words[name]} instead of {old}."
