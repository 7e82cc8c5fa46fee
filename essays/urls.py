"""Desk addresses of this app."""

from django.urls import path

from essays.views import actions, columns, desk

app_name = "essays"

urlpatterns = [
    path("essays/", desk.essay_list, name="essays"),
    path("essays/new/", actions.request_essay, name="essay-request"),
    path("essays/<uuid:essay_id>/", desk.essay, name="essay"),
    path("essays/<uuid:essay_id>/progress/", desk.essay_progress, name="essay-progress"),
    path("essays/<uuid:essay_id>/review/", actions.review_essay, name="essay-review"),
    path("essays/<uuid:essay_id>/publish/", actions.publish_essay, name="essay-publish"),
    path("essays/<uuid:essay_id>/ask-again/", actions.ask_again, name="essay-ask-again"),
    path("essays/<uuid:essay_id>/decide/", actions.decide_pause, name="essay-decide"),
    path("essays/<uuid:essay_id>/veto/", actions.propose_veto, name="essay-veto"),
    path("essays/<uuid:essay_id>/renew-disclaimer/", actions.renew_disclaimer, name="essay-renew-disclaimer"),
    path("essays/<uuid:essay_id>/withdraw/", actions.withdraw_essay, name="essay-withdraw"),
    path("series/", columns.series_list, name="series-list"),
    path("series/new/", columns.found_series, name="series-found"),
    path("series/<uuid:series_id>/", columns.series, name="series"),
    path("series/<uuid:series_id>/adopt/", columns.adopt_wording, name="series-adopt"),
]
