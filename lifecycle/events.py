"""What can happen to AI models, facts, cases, promises and notices."""

from enum import StrEnum


class Verb(StrEnum):
    AI_MODEL_REGISTERED = "lifecycle.ai_model.registered"
    AI_MODEL_EDITED = "lifecycle.ai_model.edited"
    STAGE_CHANGED = "lifecycle.ai_model.stage_changed"
    FACT_STATED = "lifecycle.fact.stated"
    CASE_OPENED = "lifecycle.case.opened"
    CASE_EDITED = "lifecycle.case.edited"
    CASE_WITHDRAWN = "lifecycle.case.withdrawn"
    CASE_CLOSED = "lifecycle.case.closed"
    CASE_DECIDED = "lifecycle.case.decided"
    CASE_RETURNED = "lifecycle.case.returned"
    DOSSIER_FROZEN = "lifecycle.dossier.frozen"
    DOSSIER_EXPORTED = "lifecycle.dossier.exported"
    CASE_PROPOSED = "lifecycle.case.proposed"
    EFFECT_PLANNED = "lifecycle.effect.planned"
    EFFECT_CARRIED_OUT = "lifecycle.effect.carried_out"
    EFFECT_REPLACED = "lifecycle.effect.replaced"
    COMMITMENT_MADE = "lifecycle.commitment.made"
    COMMITMENT_KEPT = "lifecycle.commitment.kept"
    COMMITMENT_BROKEN = "lifecycle.commitment.broken"
    COMMITMENT_REMINDED = "lifecycle.commitment.reminded"
    NOTICES_IMPORTED = "lifecycle.notices.imported"
    NOTICE_EDITED_SILENTLY = "lifecycle.notice.edited_silently"
    NOTICE_WITHDRAWN = "lifecycle.notice.withdrawn"
