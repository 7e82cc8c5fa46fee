"""The verbs of interviews, in the past tense."""

from enum import StrEnum


class Verb(StrEnum):
    PROTOCOL_DRAFTED = "interviews.protocol.drafted"
    PROTOCOL_FROZEN = "interviews.protocol.frozen"
    INTERVIEW_PLANNED = "interviews.interview.planned"
    INTERVIEW_APPROVED = "interviews.interview.approved"
    INTERVIEW_AUTHORISED = "interviews.interview.authorised"
    INTERVIEW_STARTED = "interviews.interview.started"
    QUESTION_ASKED = "interviews.question.asked"
    ANSWER_RECORDED = "interviews.answer.recorded"
    SESSION_ENDED = "interviews.session.ended"
    SESSION_SKIPPED = "interviews.session.skipped"
    QUESTION_ASKED_AGAIN = "interviews.question.asked_again"
    INTERVIEW_COLLECTED = "interviews.interview.collected"
    INTERVIEW_SEALED = "interviews.interview.sealed"
    PREFERENCE_REGISTERED = "interviews.preference.registered"
    PREFERENCE_ANSWERED = "interviews.preference.answered"
    ANSWER_PROPOSED = "interviews.answer.proposed"
    INTERVIEW_SIGNED = "interviews.interview.signed"
    INTERVIEW_SIGNED_OFF = "interviews.interview.signed_off"
    INTERVIEW_VOIDED = "interviews.interview.voided"
