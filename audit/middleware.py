"""Every request has an id, which its events bear and the response repeats."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.origins import Kind, coming_from


class RequestOrigin:
    """Middleware: what is recorded during a request comes from the web, under the request's own id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        with coming_from(Kind.WEB, request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response
