"""Columns and their wordings."""

from uuid import UUID

from django.utils.text import slugify

from audit.commands import command, locked, record, unchanged
from core import clock
from core.errors import Unacceptable
from core.policies import Actor, require
from essays import policies, queries, steps
from essays.events import Verb
from essays.models import Series, Wording
from essays.states import Cadence, WordingKind
from lifecycle.models import AIModel, Commitment

MOST_CHARACTERS = 8_000


@command(Verb.SERIES_FOUNDED)
def found_series(
    *,
    actor: Actor,
    ai_model_id: UUID,
    title: str,
    prompt: str,
    disclaimer: str,
    edit_policy: str,
    about: str = "",
    cadence: str = Cadence.WEEKLY,
    promised_issues: int = 13,
    commitment_id: UUID | None = None,
) -> Series:
    """A column by an AI model, with the first version of its prompt, disclaimer and editing rules."""
    ai_model = locked(AIModel, ai_model_id)
    require(policies.may_found_series(actor))
    slug = _free_slug(title)
    if cadence not in Cadence.values:
        raise Unacceptable(f"The rhythm is one of {', '.join(Cadence.values)}.", "cadence")
    if not 1 <= promised_issues <= 1_000:
        raise Unacceptable("Promise at least 1 and at most 1,000 issues.", "promised_issues")
    series = Series(
        ai_model=ai_model,
        title=title.strip(),
        slug=slug,
        about=about.strip(),
        cadence=cadence,
        promised_issues=promised_issues,
        commitment=_commitment(ai_model, commitment_id),
        founded_by_id=steps.person(actor),
        founded_at=clock.now(),
    )
    series.save(force_insert=True)
    wordings = {
        WordingKind.PROMPT: prompt,
        WordingKind.DISCLAIMER: disclaimer,
        WordingKind.EDIT_POLICY: edit_policy,
    }
    for kind, text in wordings.items():
        _require_wording(kind, text)
        steps.adopt(series, kind, text, actor)
    record(series, data={"ai_model": str(ai_model.id), "slug": slug})
    return series


@command(Verb.WORDING_ADOPTED)
def adopt_wording(*, actor: Actor, series_id: UUID, kind: str, text: str) -> Wording:
    """The next version of a column's prompt, disclaimer or editing rules. Essays keep the version they were
    given.
    """
    series = locked(Series, series_id)
    require(policies.may_adopt_wording(actor))
    if kind not in WordingKind.values:
        raise Unacceptable(f"A wording is one of {', '.join(WordingKind.values)}.", "kind")
    _require_wording(kind, text)
    latest = queries.wording_in_force(series, kind)
    if latest is not None and latest.text == text.replace("\r\n", "\n").strip():
        return unchanged(latest)
    wording = steps.adopt(series, kind, text, actor)
    record(series, data={"kind": kind, "version": wording.number})
    return wording


def _require_wording(kind: str, text: str) -> None:
    label = WordingKind(kind).label.lower()
    if not text.strip():
        raise Unacceptable(f"Write the {label}: a column needs one.", kind)
    if len(text) > MOST_CHARACTERS:
        raise Unacceptable(f"Keep the {label} under {MOST_CHARACTERS:,} characters.", kind)


def _free_slug(title: str) -> str:
    slug = slugify(title)[:80].strip("-")
    if not slug:
        raise Unacceptable(
            "Give the column a title with letters or figures in it; its address is made from them.", "title"
        )
    if Series.objects.filter(slug=slug).exists():
        raise Unacceptable(f"There is a column at /essays/{slug}/ already. Choose another title.", "title")
    return slug


def _commitment(ai_model: AIModel, commitment_id: UUID | None) -> Commitment | None:
    if commitment_id is None:
        return None
    found = Commitment.objects.filter(pk=commitment_id, ai_model=ai_model).first()
    if found is None:
        raise Unacceptable(
            f"This promise is not one made about {ai_model.name}. Choose one of its own.", "commitment_id"
        )
    return found
