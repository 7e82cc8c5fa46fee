"""The door of the desk: who is signed out is led to sign-in and back."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from core.errors import NotAllowed
from core.policies import Actor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Marked = TypeVar("Marked", bound=Callable[..., HttpResponseBase])

# An action's address: GET shows the form and changes nothing, POST does it.
show_and_do = require_http_methods(["GET", "HEAD", "POST"])


class DeskRequest(HttpRequest):
    """A request that has passed the door: somebody is there."""

    actor: Actor


def desk_page(view: Callable[Concatenate[DeskRequest, P], HttpResponseBase]) -> View[P]:
    """Let a view be opened by people who are signed in. What they may do is for policies to say."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.actor is None:  # type: ignore[attr-defined]
            raise NotAllowed("Your sign-in works, but you are not active here. Ask a steward or secretary.")
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    opened.needs_sign_in = True  # type: ignore[attr-defined]  # read by the architecture tests
    return opened  # type: ignore[return-value]  # wraps() tells of the view's own request


def fresh_factor(view: Marked) -> Marked:
    """Let a desk page's POST through only with a fresh second factor; below `@desk_page`.

    For apps that do not know what a second factor is: the door of the desk (accounts.middleware) sees to it.
    """
    view.needs_fresh_factor = True  # type: ignore[attr-defined]  # read by the door and by the tests
    return view
