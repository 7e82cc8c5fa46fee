"""The kind of motion that adopts voting rules: what forbids its vote, what certifying it does.

Not here: the adoption itself (`board.steps.terms`).
"""

from typing import Any

from board import queries
from board.models import Certificate, Motion, Terms
from board.states import MotionState

TERMS = "terms"
"""The kind of motion that adopts them: a key of `board.registry.kinds`."""


def asked_of(motion: Motion) -> dict[str, Any]:
    """What such a motion proposes: terms (name, times, act floor), and the version it comes after (0: none)."""
    return motion.particulars or {}


def label_of(motion: Motion) -> str:
    """How the set it is about is called in a sentence: "ordinary"."""
    return str(asked_of(motion)["terms"]["name"]).replace("_", " ")


def in_force(motion: Motion) -> Terms | None:
    """The rules of that name that are in force on its board now."""
    return queries.terms_named(motion.board, asked_of(motion)["terms"]["name"])


def moved_on(motion: Motion) -> str:
    """Which version was adopted since it was moved, as a sentence; "" when none was."""
    last = in_force(motion)
    if last is None or last.version == asked_of(motion)["after_version"]:
        return ""
    said = f"Version {last.version} of the {label_of(motion)} voting rules"
    return f"{said} was adopted since this proposal was made ({last.basis})."


def obstacles(motion: Motion) -> list[str]:
    """What still forbids a vote: a comparison with rules that are gone, another motion on the same set in its vote."""
    name = asked_of(motion)["terms"]["name"]
    others = Motion.objects.filter(board=motion.board, kind=TERMS, state=MotionState.BALLOTED)
    sentences = [
        f"Proposal {other.number} on the same voting rules is in a vote. Wait for its result."
        for other in others.exclude(pk=motion.pk).order_by("number")
        if asked_of(other)["terms"]["name"] == name
    ]
    if reason := moved_on(motion):
        sentences.insert(0, f"{reason} Take it back and move it anew against the rules in force.")
    return sentences


def foresees(motion: Motion, *, carried: bool) -> list[str]:
    """What certifying does, said before: the next version, whatever was adopted meanwhile."""
    if not carried:
        return []
    last = in_force(motion)
    following = last.version + 1 if last else 1
    sentence = f"They become version {following} of the {label_of(motion)} voting rules, for votes opened afterwards."
    if reason := moved_on(motion):
        return [f"{reason} The proposal names its rules in full, so they replace that version.", sentence]
    return [sentence]


def effects(motion: Motion, certificate: Certificate) -> list[str]:
    """What the decision did, for its minutes."""
    adopted = Terms.objects.filter(board=motion.board, basis=f"Decision {certificate.number}").first()
    if adopted is None:
        return []
    sentence = f"{adopted} of the {motion.board.name}, is in force for votes opened afterwards."
    before = adopted.version - 1
    if before == asked_of(motion)["after_version"]:
        return [sentence]
    return [sentence, f"It replaces version {before}, which was adopted after this proposal was made."]
