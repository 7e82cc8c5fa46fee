"""A case as one JSON document: what a dossier freezes, and what a brief is drawn from."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from board.models import Motion
from lifecycle.models import AIModel, Case, Dossier, Waiver
from lifecycle.registry import Finding, Status, exhibits, quotes, requirements

FORM = "emeritus.lifecycle.dossier/1"

# The parts of the brief, in reading order: field, heading, what is missing when it is empty.
BRIEF = (
    ("asked", "What is asked", "what is asked, in words that can be carried out"),
    ("status_quo", "If we do nothing", "what happens if nothing is decided"),
    ("impact", "Who loses what", "who loses what"),
    ("cannot_be_undone", "What cannot be undone", "what cannot be undone"),
    ("cost", "Cost", "what it costs"),
    ("recommendation", "The steward recommends", "what the steward recommends"),
    ("argument_against", "Strongest argument against", "the strongest argument against it"),
)
TEXTS = (
    "title",
    "asked",
    "reason",
    "status_quo",
    "replacement",
    "no_replacement_reason",
    "impact",
    "cannot_be_undone",
    "cost",
    "access_plan",
    "preservation_plan",
    "recommendation",
    "argument_against",
    "promise",
)


@dataclass(frozen=True)
class Checked:
    """A requirement with what was found. `asked`: the motion before the board that would waive it.

    `waiver`: what lifted it.
    """

    key: str
    label: str
    finding: Finding
    asked: Motion | None = None
    waiver: Waiver | None = None


def findings(case: Case) -> list[Checked]:
    """Every registered requirement, as this case meets it now; a voted waiver lifts one that is not met."""
    ordered = sorted(requirements.items(), key=lambda item: (item[1].order, item[0]))
    checked = [Checked(key, requirement.label, requirement.finding(case)) for key, requirement in ordered]
    if not any(each.finding.forbids for each in checked):
        return checked
    waived = {waiver.requirement: waiver for waiver in case.waivers.select_related("certificate")}
    return [
        replace(each, finding=_waived(waived[each.key]), waiver=waived[each.key])
        if each.finding.forbids and each.key in waived
        else each
        for each in checked
    ]


def findings_of(document: dict[str, Any]) -> list[Checked]:
    """The findings as a dossier froze them."""
    return [
        Checked(
            each["key"],
            each["label"],
            Finding(Status(each["status"]), each["sentence"], each["evidence_url"]),
        )
        for each in document["requirements"]
    ]


def _waived(waiver: Waiver) -> Finding:
    number = waiver.certificate.number
    return Finding(Status.WAIVED, f"Waived by decision {number}: {waiver.reason}", f"/decisions/{number}/")


def document_of(case: Case, checked: list[Checked]) -> dict[str, Any]:
    """The case with its model, findings, quotes and exhibits, as JSON. The same rows give the same one."""
    return {
        "form": FORM,
        "case": {
            "id": str(case.pk),
            "number": case.number,
            "kind": case.kind,
            "board": case.board.name,
            "steward": case.steward.name,
            "announced_on": _iso(case.announced_on),
            "retires_on": _iso(case.retires_on),
            "ends_as": case.ends_as,
            "our_use": case.our_use,
            "promise_due_on": _iso(case.promise_due_on),
            **{name: getattr(case, name) for name in TEXTS},
        },
        "ai_model": _ai_model(case.ai_model),
        "facts": [_fact(fact) for fact in case.ai_model.facts.select_related("source", "deployment")],
        "requirements": [
            {
                "key": each.key,
                "label": each.label,
                "status": each.finding.status.value,
                "sentence": each.finding.sentence,
                "evidence_url": each.finding.evidence_url,
            }
            for each in checked
        ],
        "quotes": _quoted(case),
        "exhibits": {key: exhibit(case) for key, exhibit in sorted(exhibits.items())},
    }


def _quoted(case: Case) -> list[dict[str, str]]:
    return [vars(quote) for quoting in quotes.values() for quote in quoting(case)][:3]


def draft_of(case: Case) -> dict[str, Any]:
    """What the brief of a case that is not frozen yet is drawn from: its words. The freeze adds the model's."""
    return {"case": {name: getattr(case, name) for name in TEXTS}, "quotes": []}


def _ai_model(ai_model: AIModel) -> dict[str, Any]:
    return {
        "id": str(ai_model.pk),
        "slug": ai_model.slug,
        "name": ai_model.name,
        "provider": ai_model.provider,
        "family": ai_model.family,
        "ours": ai_model.ours,
        "stage": ai_model.stage,
        "licence": ai_model.licence,
    }


def _fact(fact: Any) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "effective": _iso(fact.effective),
        "value": fact.value,
        "known_from": fact.known_from.isoformat(),
        "source": fact.source.name,
        "locator": fact.locator,
        "platform": fact.deployment.platform if fact.deployment else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def missing(case: Case) -> list[str]:
    """Parts of the brief that are still empty, in words."""
    return [lacking for name, _, lacking in BRIEF if not getattr(case, name).strip()]


def latest_dossier(case: Case) -> Dossier | None:
    return case.dossiers.order_by("-round").first()


def dossier_of_digest(case: Case, digest: str) -> Dossier | None:
    """The dossier a motion is bound to."""
    return case.dossiers.filter(digest=digest).order_by("-round").first()


@dataclass(frozen=True)
class Part:
    """One line of the brief; `quotes` are the model's own words."""

    name: str
    title: str
    text: str = ""
    quotes: tuple[dict[str, str], ...] = ()

    @property
    def asked(self) -> bool:
        return self.name == "asked"


def brief_parts(document: dict[str, Any]) -> list[Part]:
    """The brief of a dossier's document, in reading order; what the model said stands third."""
    parts = [Part(name, title, document["case"][name]) for name, title, _ in BRIEF]
    if document["quotes"]:
        parts.insert(2, Part("quotes", "What it said", quotes=tuple(document["quotes"])))
    return parts
