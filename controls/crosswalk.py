"""The crosswalk: what frameworks ask for, and which pages, entries and populations of ours show it (crosswalk.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("crosswalk.toml")


@dataclass(frozen=True)
class Clause:
    """One requirement in our own words. `pages` are names of addresses."""

    id: str
    asks: str
    shown_by: str
    pages: tuple[str, ...]
    verbs: tuple[str, ...]
    populations: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    key: str
    name: str
    about: str
    clauses: tuple[Clause, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    return tuple(
        Framework(
            each["key"],
            each["name"],
            each["about"],
            tuple(
                Clause(
                    clause["id"],
                    clause["asks"],
                    clause["shown_by"],
                    tuple(clause["pages"]),
                    tuple(clause["verbs"]),
                    tuple(clause["populations"]),
                )
                for clause in each["clause"]
            ),
        )
        for each in _data()["framework"]
    )


def page_labels() -> dict[str, str]:
    """By name of an address: what its link says."""
    return dict(_data()["page"])


def readers() -> dict[str, list[str]]:
    """By name of an address, where not everybody reads it: the roles that do."""
    return dict(_data()["readers"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
