"""`request.actor`: the person behind the session as an actor, or None."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.actors import actor_of_user
from accounts.queries import one_reading


class ActorOfRequest:
    """Middleware, after authentication: somebody without an active person record is nobody here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_reading():
            user_id = request.user.pk if request.user.is_authenticated else None
            request.actor = actor_of_user(user_id) if user_id is not None else None  # type: ignore[attr-defined]
            return self.get_response(request)
