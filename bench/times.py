"""How long desk pages take, over an empty page behind the same middleware: sessions, sign-in, roles, headers."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

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
    asked: dict[str, Callable[[], Any]] = {
        "empty": lambda: client.get("/desk/nothing/"),
        "page": lambda: client.get(url),
    }
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(ROUNDS + 1):
        for name, ask in asked.items():
            for _ in range(PER_ROUND):
                started = time.perf_counter()
                if ask().status_code != 200:
                    raise RuntimeError(f"{url} as {role} did not answer 200")
                if number:  # the first round warms up
                    taken[name].append(time.perf_counter() - started)
    page, empty = statistics.median(taken["page"]), statistics.median(taken["empty"])
    return {
        "figure": f"time of {url} as {role}: {page * 1000:.1f} ms",
        "ratio": round(page / empty, 2),
        "reference": "an empty page behind the same middleware",
        "bar": float(TIMES) if url.startswith("/desk/") else None,
    }
