"""Sealing a million events, beside hashing the same leaves in Python: nothing read, nothing written, nothing signed."""

import statistics
import time
from typing import Any

from django.db import connections

from audit.evidence import leaf_data
from audit.merkle import Frontier, leaf_hash
from audit.models import Checkpoint, Event, Leaf
from audit.sealing import seal, versions_written
from audit.signing import Signer
from bench import rounds
from bench.million import worlds
from bench.million.worlds import World


def measured(world: World, signer: Signer) -> list[dict[str, Any]]:
    """Seconds to seal one event, over those to hash its leaf and the nodes above it. All events are sealed then."""
    ours, reference = [], []
    with worlds.inside(world.name):
        before = Checkpoint.objects.first()
        while True:
            started = time.perf_counter()
            made = seal(signer)
            seconds = time.perf_counter() - started
            if made is None or before is None:
                break
            leaves = _leaves(before.size, made.size)
            frontier = _frontier_of(before)
            started = time.perf_counter()
            for data in leaves:
                frontier.append(leaf_hash(data))
            reference.append((time.perf_counter() - started) / len(leaves))
            if frontier.root() != bytes(made.root):
                raise RuntimeError(f"the checkpoint {made} is over other leaves")
            ours.append(seconds / len(leaves))
            before = made
        if before is None or before.size < world.events:
            raise RuntimeError(f"only {before} is sealed")
        connections.close_all()
    value, over = statistics.median(ours), statistics.median(reference)
    return [
        rounds.row(
            f"sealing {world.events:,} events: {value * 1e6:.1f} µs each, {1 / value:,.0f} in a second",
            value,
            over=over,
            reference=f"hashing the same leaves and nodes in Python, {over * 1e6:.1f} µs each",
            bar=4.0,
        )
    ]


def _leaves(low: int, high: int) -> list[bytes]:
    """What the leaves [low, high) commit to."""
    numbers = list(
        Leaf.objects.filter(index__gte=low, index__lt=high)
        .order_by("index")
        .values_list("event_id", flat=True)
    )
    digests = dict(Event.objects.filter(number__in=numbers).values_list("number", "digest"))
    written = versions_written(min(numbers), max(numbers))
    return [leaf_data(number, bytes(digests[number]), written.get(number, ())) for number in numbers]


def _frontier_of(checkpoint: Checkpoint) -> Frontier:
    hashes = bytes(checkpoint.frontier)
    return Frontier(checkpoint.size, [hashes[at : at + 32] for at in range(0, len(hashes), 32)])
