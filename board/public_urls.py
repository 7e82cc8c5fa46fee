"""Public addresses of this app: what was decided."""

from django.urls import path

from board.views import calendar, decisions, guidelines, papers

app_name = "board_public"

urlpatterns = [
    path("calendar/<str:secret>.ics", calendar.subscribed, name="calendar"),
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions/<str:number>/", decisions.decision, name="decision"),
    path("decisions/<str:number>/certificate.json", decisions.certificate_file, name="decision-certificate"),
    path("decisions/<str:number>/words.json", decisions.disclosures_file, name="decision-words"),
    path("decisions/<str:number>/certificate.pdf", papers.certificate, name="decision-certificate-pdf"),
    path("guidelines/", guidelines.public_list, name="guidelines"),
    path("guidelines/<uuid:guideline_id>/", guidelines.public, name="guideline"),
]
