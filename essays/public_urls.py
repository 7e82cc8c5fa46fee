"""Public addresses of this app: what readers read, and the files to check it with."""

from django.urls import path

from essays.views import reading

app_name = "essays_public"

urlpatterns = [
    path("essays/", reading.columns, name="columns"),
    path("essays/<slug:series_slug>/", reading.column, name="column"),
    path("essays/<slug:series_slug>/<slug:slug>/", reading.essay, name="essay"),
    path("essays/<slug:series_slug>/<slug:slug>/raw.txt", reading.raw_text, name="essay-raw"),
    path("essays/<slug:series_slug>/<slug:slug>/document.json", reading.document, name="essay-document"),
]
