"""How long desk pages take, over an empty page behind the same middleware: sessions, sign-in, roles, headers."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from bench import rounds
from bench.visitors import client_of
from core.door import DeskRequest, desk_page

ROUNDS, PER_ROUND = 9, 5
TIMES = 4


@desk_page
def nothing(request: DeskRequest) -> HttpResponse:
    """A page that only knows who asks."""
    return HttpResponse("Nothing.")


urlpatterns = [path("desk/nothing/", nothing), path("", include("config.urls"))]


def measured(pages: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """A row per page: the median of its time over the median of the empty page's, of interleaved rounds.

    The bar is for pages of the desk; public ones, which read much at once, are measured beside them.
    """
    with override_settings(ROOT_URLCONF="bench.times"):
        return [_row(role, url) for role, url in pages]


def _row(role: str, url: str) -> dict[str, Any]:
    client = client_of(role)

    def ask(address: str) -> None:
        if client.get(address).status_code != 200:
            raise RuntimeError(f"{address} as {role} did not answer 200")

    seconds = rounds.median_seconds(
        {"empty": partial(ask, "/desk/nothing/"), "page": partial(ask, url)}, rounds=ROUNDS, each=PER_ROUND
    )
    return rounds.row(
        f"time of {url} as {role}: {seconds['page'] * 1000:.1f} ms",
        seconds["page"],
        over=seconds["empty"],
        reference="an empty page behind the same middleware",
        bar=float(TIMES) if url.startswith("/desk/") else None,
    )
