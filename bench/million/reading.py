"""The auditor's pages over a million events, beside the stock admin's over the same rows."""

from collections.abc import Callable
from typing import Any

from django.test import Client, override_settings

from audit.models import Event
from audit.views.timeline import PAGE
from bench import rounds
from bench.million import worlds
from bench.million.worlds import BOOK, World
from bench.shelf.models import TrackedBook
from bench.visitors import client_of
from config import demo

DEEP = 10_000
TIMELINE = "/desk/audit/"
STOCK_TIMELINE = "/admin/shelf/historicalhistoricbook/"
STOCK_BOOK = "/admin/shelf/historicbook/1/history/"


def measured(small: World, million: World) -> list[dict[str, Any]]:
    """Every page in milliseconds and as a ratio to its reference."""
    with override_settings(ROOT_URLCONF="bench.million.stock"):
        with worlds.inside(million.name):
            asked = _addresses()
        pages = {name: (million, url) for name, url in asked.items()}
        pages["small"] = (small, TIMELINE)
        seconds = _seconds(pages)
    return [
        _row(seconds, name, reference, bar, url=pages[name][1])
        for name, reference, bar in (
            ("first", "stock", 1 / 15),
            ("first", "small", 1.2),
            ("deep", "first", 1.3),
            ("book", "stock book", 1 / 20),
            ("person", "first", 2.0),
            ("rare person", "first", 2.0),
            ("object", "first", 2.0),
        )
    ]


NAMES = {
    "first": "timeline, first page",
    "stock": "the stock changelist of all versions, first page",
    "small": "the same page over 10,000 events",
    "deep": f"timeline, page {DEEP:,} by key",
    "book": "one record with 900,000 versions, first page",
    "stock book": "the stock history view of the same record",
    "person": "timeline filtered by the busiest person",
    "rare person": "timeline filtered by the least busy person",
    "object": "timeline filtered by a record with five events",
}


def _addresses() -> dict[str, str]:
    newest = Event.objects.values_list("number", flat=True)[0]
    people = [str(person.pk) for person in (demo.person("interviewer"), demo.person("auditor"))]
    counted = sorted((Event.objects.filter(actor_id=person).count(), person) for person in people)
    small = TrackedBook.objects.exclude(pk=BOOK).filter(title="Book 77").values_list("pk", flat=True)[0]
    return {
        "first": TIMELINE,
        "stock": STOCK_TIMELINE,
        "deep": f"{TIMELINE}?cursor=%3C{newest - (DEEP - 1) * PAGE + 1}",
        "book": f"{TIMELINE}records/shelf.TrackedBook/{BOOK}/",
        "stock book": STOCK_BOOK,
        "person": f"{TIMELINE}?person={counted[-1][1]}",
        "rare person": f"{TIMELINE}?person={counted[0][1]}",
        "object": f"{TIMELINE}?object=shelf.TrackedBook:{small}",
    }


def _seconds(pages: dict[str, tuple[World, str]]) -> dict[str, float]:
    clients: dict[str, Client] = {}
    for world, _url in pages.values():
        with worlds.inside(world.name):
            clients[world.name] = client_of("auditor")

    def asking(world: World, url: str) -> Callable[[], None]:
        def ask() -> None:
            answer = clients[world.name].get(url)
            if answer.status_code != 200:
                raise RuntimeError(f"{url} answered {answer.status_code}")

        return ask

    usual = worlds.main_database()
    try:
        return rounds.median_seconds(
            {name: asking(*page) for name, page in pages.items()},
            rounds=7,
            each=5,
            warm=2,
            enter=lambda name: worlds.enter(pages[name][0].name),
        )
    finally:
        worlds.enter(usual)


def _row(seconds: dict[str, float], name: str, reference: str, bar: float, url: str) -> dict[str, Any]:
    value, over = seconds[name], seconds[reference]
    figure = f"{NAMES[name]} ({value * 1000:.1f} ms) to {NAMES[reference]} ({over * 1000:.1f} ms)"
    return rounds.row(figure, value, over=over, reference=NAMES[reference], bar=bar)
