"""The kind of motion that adopts guidelines: what forbids its vote, what the board reads, what it does.

Not here: the adoption itself (`board.steps.guidelines`).
"""

from typing import Any
from uuid import UUID

from django.urls import reverse

from board import queries
from board.models import Certificate, Guideline, Motion
from board.registry import Paper
from board.states import MotionState
from core.diff import words
from core.digests import sha256_hex


def asked_of(motion: Motion) -> dict[str, Any]:
    """What such a motion proposes: document, title, text, and the version it comes after (0: none)."""
    asked: dict[str, Any] = (motion.particulars or {})["guideline"]
    return asked


def moved_on(motion: Motion) -> str:
    """Why these words can no longer be adopted, as a sentence; "" while they can."""
    asked = asked_of(motion)
    document = UUID(asked["document"])
    latest = queries.latest_guideline(document)
    version = latest.version if latest else 0
    if version != asked["after_version"]:
        return (
            f"Version {version} of these guidelines was adopted since this proposal was made, so it compares with "
            "words that are gone. Move it anew against the version in force."
        )
    if queries.title_taken(motion.board, asked["title"], document):
        return f"Other guidelines named “{asked['title']}” are in force. Move these under another name."
    return ""


def obstacles(motion: Motion) -> list[str]:
    """What still forbids a vote: words that are gone, another motion on the same document in its vote."""
    asked = asked_of(motion)
    others = queries.motions_about(UUID(asked["document"])).filter(state=MotionState.BALLOTED)
    sentences = [
        f"Proposal {other.number} on the same guidelines is in a vote. Wait for its result."
        for other in others.exclude(pk=motion.pk)
    ]
    return [reason, *sentences] if (reason := moved_on(motion)) else sentences


def asks(motion: Motion) -> list[Paper]:
    """The words proposed, and how they differ from the version they come after."""
    asked = asked_of(motion)
    before = queries.guideline_version(UUID(asked["document"]), asked["after_version"])
    context: dict[str, Any] = {
        "text": asked["text"],
        "digest": sha256_hex(asked["text"]),
        "version": asked["after_version"] + 1,
        "before": before,
    }
    if before is None:
        return [Paper("The guidelines", "board/_guideline_asked.html", context)]
    context |= {
        "words": words(before.text, asked["text"]),
        "retitled": words(before.title, asked["title"]) if before.title != asked["title"] else [],
    }
    return [Paper("What changes in the guidelines", "board/_guideline_asked.html", context)]


def foresees(motion: Motion, *, carried: bool) -> list[str]:
    """What certifying does, said before: the version adopted, or why none is."""
    if not carried:
        return []
    if reason := moved_on(motion):
        return [f"No words are adopted. {reason}"]
    asked = asked_of(motion)
    return [f"“{asked['title']}”, version {asked['after_version'] + 1}, is in force from then on."]


def effects(motion: Motion, certificate: Certificate) -> list[str]:
    """What the decision did, for its minutes."""
    asked = asked_of(motion)
    if not Guideline.objects.filter(certificate=certificate).exists():
        return [
            "Its name was taken while the board voted, so no words were adopted. Propose them under another name."
        ]
    where = reverse("board_public:guidelines")
    return [f"“{asked['title']}”, version {asked['after_version'] + 1}, is in force; it stands at {where}."]
