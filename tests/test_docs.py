"""docs/reference.md and docs/settings.md say what the code has, no less and no more."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from core.states import Machine

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "reference.md").read_text()
SETTINGS = (ROOT / "docs" / "settings.md").read_text()
OUR_APPS = (
    "accounts",
    "audit",
    "board",
    "config",
    "controls",
    "essays",
    "interviews",
    "lifecycle",
    "mail",
    "modelcalls",
)


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        here = before + re.sub(r"<\w+:(\w+)>", r"<\1>", str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from addresses(entry, here)
        elif isinstance(entry, URLPattern) and not here.startswith("/accounts/"):
            yield here


def test_every_address_is_in_the_reference_and_no_other() -> None:
    written = set(re.findall(r"^\| `(/[^`]*)` \| `", REFERENCE, re.MULTILINE))
    assert written == set(addresses(get_resolver()))


@pytest.mark.parametrize("command", sorted(name for name, app in get_commands().items() if app in OUR_APPS))
def test_every_management_command_is_in_the_reference(command: str) -> None:
    assert f"`manage.py {command}" in REFERENCE


def test_every_event_is_in_the_reference_and_no_other() -> None:
    written = sorted(re.findall(r"`([a-z]+\.[a-z_]+\.[a-z_]+)`", REFERENCE.partition("## Events")[2]))
    apps = (
        "audit",
        "accounts",
        "controls",
        "mail",
        "modelcalls",
        "board",
        "lifecycle",
        "interviews",
        "essays",
    )
    declared = sorted(str(verb) for app in apps for verb in importlib.import_module(f"{app}.events").Verb)
    assert written == declared


def test_every_state_is_in_the_reference_with_what_it_may_become_and_no_other() -> None:
    machines = [
        found
        for app in OUR_APPS
        if (ROOT / app / "states.py").exists()
        for found in vars(importlib.import_module(f"{app}.states")).values()
        if isinstance(found, Machine)
    ]
    assert machines, "no state machine is found: this test looks in the wrong place"
    declared = sorted(
        (machine.noun, str(state), sorted(map(str, targets)))
        for machine in machines
        for state, targets in machine.moves.items()
    )
    table = REFERENCE.partition("## States")[2]
    written = sorted(
        (noun, state, sorted(re.findall(r"`([a-z_]+)`", moves)))
        for noun, state, moves in re.findall(r"^\| ([a-z ]+) \| `([a-z_]+)` \| (.+) \|$", table, re.MULTILINE)
    )
    assert written == declared


def test_every_setting_is_documented_and_no_other() -> None:
    code = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r"""env(?:\.\w+)?\(\s*"([A-Z_]+)\"""", code))
    written = set(
        re.findall(r"`([A-Z][A-Z_]+)`", "".join(re.findall(r"^\|([^|]*)\|", SETTINGS, re.MULTILINE)))
    )
    keys_of_endpoints = {name for name in written if name.endswith("_API_KEY")}
    assert written - keys_of_endpoints == read
