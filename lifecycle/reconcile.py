"""What a new copy of a source changes of what is known. Pure: known rows and a copy in, a plan out.

Not here: how copies are read (`deprecations.py`) and how a plan is written (`commands/notices.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lifecycle.deprecations import Copy, Row, Schema

Identity = tuple[str, str]


class Outcome(StrEnum):
    """How one readable row ends; an unreadable one is rejected."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Cell(StrEnum):
    """What is compared between copies, and nothing else."""

    ANNOUNCED = "announced"
    SHUTDOWN = "shutdown"
    REPLACEMENT = "replacement"


@dataclass(frozen=True)
class Known:
    """A notice as the newest copy so far has it."""

    schema: str
    announced: date | None
    shutdown: date | None
    replacements: tuple[str, ...] | None
    digest: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Edit:
    """One cell that a source changed without announcing it. Dates in ISO, replacements joined; None: empty."""

    cell: Cell
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Step:
    """What becomes of one row. `rewrite`: its raw text differs, so a version is kept even if no cell changed."""

    row: Row
    outcome: Outcome
    edits: tuple[Edit, ...] = ()
    rewrite: bool = True


@dataclass(frozen=True)
class Plan:
    """All that one copy changes. `withdrawn`: identities of notices that are newly gone."""

    steps: tuple[Step, ...]
    withdrawn: tuple[Identity, ...]
    counts: dict[str, int]

    @property
    def changes_nothing(self) -> bool:
        return not self.withdrawn and not any(step.rewrite for step in self.steps)


def reconcile(known: Mapping[Identity, Known], copy: Copy) -> Plan:
    """Compare a copy with what is known of its source."""
    steps = tuple(_step(known.get(row.identity), row, copy.schema) for row in copy.rows)
    present = {row.identity for row in copy.rows} | {each.identity for each in copy.rejected}
    withdrawn = tuple(sorted(who for who, what in known.items() if who not in present and not what.withdrawn))
    ended = [step.outcome for step in steps]
    counts = {
        "rows": copy.size,
        **{outcome.value: ended.count(outcome) for outcome in Outcome},
        "rejected": len(copy.rejected),
        "flagged": sum(bool(row.flags) for row in copy.rows),
        "withdrawn": len(withdrawn),
        "silent_edits": sum(len(step.edits) for step in steps),
    }
    return Plan(steps, withdrawn, counts)


def _step(known: Known | None, row: Row, schema: Schema) -> Step:
    if known is None:
        return Step(row, Outcome.CREATED)
    edits = _edits(known, row, schema)
    if edits or known.withdrawn:
        return Step(row, Outcome.CHANGED, edits)
    return Step(row, Outcome.UNCHANGED, rewrite=row.digest != known.digest)


def _edits(known: Known, row: Row, schema: Schema) -> tuple[Edit, ...]:
    """Cells that differ. Announced dates mean different things in different schemas; a column that a schema does
    not have says nothing."""
    pairs: list[tuple[Cell, str | None, str | None]] = [
        (Cell.SHUTDOWN, _iso(known.shutdown), _iso(row.shutdown))
    ]
    if known.schema == schema:
        pairs.append((Cell.ANNOUNCED, _iso(known.announced), _iso(row.announced)))
    if known.replacements is not None and row.replacements is not None:
        pairs.append((Cell.REPLACEMENT, _joined(known.replacements), _joined(row.replacements)))
    return tuple(Edit(cell, before, after) for cell, before, after in pairs if before != after)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _joined(names: tuple[str, ...]) -> str | None:
    return " | ".join(names) or None
