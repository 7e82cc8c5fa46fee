"""Addresses of interviews, all on the desk."""

from django.urls import path

from interviews.views import interviews, preferences, protocols, sessions

app_name = "interviews"
urlpatterns = [
    path("protocols/", protocols.protocol_list, name="protocol-list"),
    path("protocols/new/", protocols.draft, name="protocol-draft"),
    path("protocols/<uuid:version_id>/", protocols.detail, name="protocol-detail"),
    path("protocols/<uuid:version_id>/freeze/", protocols.freeze, name="protocol-freeze"),
    path("interviews/", interviews.interview_list, name="interview-list"),
    path("interviews/new/", interviews.plan, name="interview-plan"),
    path("interviews/<uuid:interview_id>/", interviews.detail, name="interview-detail"),
    path("interviews/<uuid:interview_id>/progress/", interviews.progress, name="interview-progress"),
    path("interviews/<uuid:interview_id>/authorise/", interviews.authorise, name="interview-authorise"),
    path("interviews/<uuid:interview_id>/start/", interviews.start, name="interview-start"),
    path("interviews/<uuid:interview_id>/seal/", interviews.seal, name="interview-seal"),
    path("interviews/<uuid:interview_id>/sign-off/", interviews.sign_off, name="interview-sign-off"),
    path("interviews/<uuid:interview_id>/void/", interviews.void, name="interview-void"),
    path("interviews/<uuid:interview_id>/transcript/", sessions.transcript, name="interview-transcript"),
    path("sessions/<uuid:session_id>/ask-again/", sessions.again, name="session-ask-again"),
    path("sessions/<uuid:session_id>/skip/", sessions.skip, name="session-skip"),
    path("preferences/", preferences.preference_list, name="preference-list"),
    path("preferences/new/", preferences.register, name="preference-register"),
    path("preferences/<uuid:preference_id>/answer/", preferences.answer, name="preference-answer"),
    path("preferences/<uuid:preference_id>/propose/", preferences.propose, name="preference-propose"),
]
