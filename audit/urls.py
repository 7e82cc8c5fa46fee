from django.urls import path

from audit.views import records, redactions, timeline

RECORD = "audit/records/<str:kind>/<uuid:key>/"

app_name = "audit"
urlpatterns = [
    path("audit/", timeline.index, name="event-timeline"),
    path("audit/days/", timeline.per_day, name="event-days"),
    path("audit/export/", timeline.export, name="event-export"),
    path("audit/<int:number>/", timeline.event, name="event-record"),
    path("audit/<int:number>/proof/", timeline.proof, name="event-proof"),
    path(RECORD, records.history, name="record-history"),
    path(f"{RECORD}as-of/", records.as_of, name="record-as-of"),
    path(f"{RECORD}pack/", records.pack, name="record-pack"),
    path("redactions/", redactions.listed, name="redactions"),
    path("redactions/new/", redactions.new, name="redaction-new"),
    path("redactions/<uuid:redaction_id>/", redactions.record, name="redaction"),
    path("redactions/<uuid:redaction_id>/confirm/", redactions.confirm, name="redaction-confirm"),
    path("redactions/<uuid:redaction_id>/drop/", redactions.drop, name="redaction-drop"),
]
