"""Guidelines: those in force, and the versions of one document."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from board.models import Board, Guideline, Motion
from board.states import MotionState
from core.digests import sha256_hex


def guidelines_in_force() -> QuerySet[Guideline]:
    """The highest version of every document, with what a list shows of it."""
    later = Guideline.objects.filter(document=OuterRef("document"), version__gt=OuterRef("version"))
    rows = Guideline.objects.filter(~Exists(later)).select_related("board")
    return rows.annotate(decision=F("certificate__number"))


def versions_of(document: UUID) -> QuerySet[Guideline]:
    """All versions of one document, with the numbers of the decisions that adopted them."""
    rows = Guideline.objects.filter(document=document).select_related("board")
    return rows.annotate(decision=F("certificate__number")).order_by("-version")


def guideline_version(document: UUID, version: int) -> Guideline | None:
    """One version of a document, or None: there is no version 0."""
    return versions_of(document).filter(version=version).first()


def latest_guideline(document: UUID) -> Guideline | None:
    """The version in force, or None when the document was never adopted."""
    return versions_of(document).first()


def guidelines_in_short(board: Board) -> list[dict[str, Any]]:
    """The versions a board goes by now, as a ballot and its certificate name them."""
    return [
        {
            "id": str(row.pk),
            "title": row.title,
            "version": row.version,
            "decision": row.certificate.number,
            "digest": sha256_hex(row.text),
        }
        for row in guidelines_in_force()
        .filter(board=board)
        .select_related("certificate")
        .defer("certificate__document", "certificate__disclosures")
        .order_by("title", "document")
    ]


def title_taken(board: Board, title: str, document: UUID) -> bool:
    """Whether another document of this board in force bears the title."""
    return guidelines_in_force().filter(board=board, title__iexact=title).exclude(document=document).exists()


def motions_about(document: UUID) -> QuerySet[Motion]:
    """What is before the board about a document: moved, or in a vote."""
    live = (MotionState.MOVED, MotionState.BALLOTED)
    return Motion.objects.filter(kind="guidelines", subject_id=document, state__in=live).order_by("number")
