"""Addresses of the pages of model calls, under /desk/."""

from django.urls import path

from modelcalls import endpoint_views, views

app_name = "modelcalls"
urlpatterns = [
    path("calls/", views.call_list, name="call-list"),
    path("calls/<uuid:call_id>/", views.call_record, name="call-record"),
    path("calls/<uuid:call_id>/retry/", views.call_retry, name="call-retry"),
    path("calls/<uuid:call_id>/deliver/", views.call_deliver, name="call-deliver"),
    path("calls/<uuid:call_id>/cancel/", views.call_cancel, name="call-cancel"),
    path("endpoints/", endpoint_views.endpoint_list, name="endpoints"),
    path("endpoints/new/", endpoint_views.register, name="endpoint-new"),
    path("endpoints/<uuid:endpoint_id>/", endpoint_views.endpoint, name="endpoint"),
    path("endpoints/<uuid:endpoint_id>/change/", endpoint_views.change, name="endpoint-change"),
    path("endpoints/<uuid:endpoint_id>/check/", endpoint_views.check, name="endpoint-check"),
]
