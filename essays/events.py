"""The verbs of this app's events."""

from enum import StrEnum


class Verb(StrEnum):
    SERIES_FOUNDED = "essays.series.founded"
    WORDING_ADOPTED = "essays.wording.adopted"
    ESSAY_REQUESTED = "essays.essay.requested"
    ESSAY_ASKED_AGAIN = "essays.essay.asked_again"
    GENERATION_FAILED = "essays.generation.failed"
    DRAFT_RECORDED = "essays.draft.recorded"
    DRAFT_SET_ASIDE = "essays.draft.set_aside"
    REVIEW_OPENED = "essays.review.opened"
    REVIEW_SUBMITTED = "essays.review.submitted"
    REVISION_MADE = "essays.revision.made"
    ESSAY_APPROVED = "essays.essay.approved"
    ESSAY_PAUSED = "essays.essay.paused"
    PAUSE_DECIDED = "essays.pause.decided"
    ESSAY_RELEASED = "essays.essay.released"
    ESSAY_DECLINED = "essays.essay.declined"
    VETO_PROPOSED = "essays.veto.proposed"
    ESSAY_WITHDRAWN = "essays.essay.withdrawn"
    ESSAY_PUBLISHED = "essays.essay.published"
