"""Addresses of the pages of model calls, under /desk/."""

from django.urls import path

from modelcalls.views import calls, endpoints

app_name = "modelcalls"
urlpatterns = [
    path("calls/", calls.call_list, name="call-list"),
    path("calls/<uuid:call_id>/", calls.call_record, name="call-record"),
    path("calls/<uuid:call_id>/retry/", calls.call_retry, name="call-retry"),
    path("calls/<uuid:call_id>/deliver/", calls.call_deliver, name="call-deliver"),
    path("calls/<uuid:call_id>/cancel/", calls.call_cancel, name="call-cancel"),
    path("endpoints/", endpoints.endpoint_list, name="endpoints"),
    path("endpoints/new/", endpoints.register, name="endpoint-new"),
    path("endpoints/<uuid:endpoint_id>/", endpoints.endpoint, name="endpoint"),
    path("endpoints/<uuid:endpoint_id>/change/", endpoints.change, name="endpoint-change"),
    path("endpoints/<uuid:endpoint_id>/check/", endpoints.check, name="endpoint-check"),
]
