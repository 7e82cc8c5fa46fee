"""Every change is a command, every command is audited, every task that is woken exists, every verb is declared."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from celery import current_app

ROOT = Path(__file__).parent.parent.parent
APPS = ("accounts", "mail", "controls", "modelcalls", "board", "lifecycle", "interviews", "essays")


def modules_of(app: str, part: str) -> Iterator[ModuleType]:
    """`app.part` and, when it is a package, all modules in it."""
    try:
        module = importlib.import_module(f"{app}.{part}")
    except ModuleNotFoundError:
        return
    yield module
    for info in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield importlib.import_module(f"{app}.{part}.{info.name}")


def commands() -> list[tuple[str, object]]:
    found = []
    for app in APPS:
        for module in modules_of(app, "commands"):
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_"):
                    found.append((f"{module.__name__}.{name}", function))
    return found


COMMANDS = commands()


def test_there_are_commands_to_look_at() -> None:
    assert len(COMMANDS) > 30


@pytest.mark.parametrize(("name", "function"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_public_function_of_a_commands_module_is_an_audited_command(
    name: str, function: object
) -> None:
    assert hasattr(function, "verb"), f"{name} lacks @command"
    parameters = list(inspect.signature(inspect.unwrap(function)).parameters.values())
    assert parameters[0].name == "actor"
    # `**words: Unpack[CaseWords]` is a typed set of keyword-only parameters, too.
    assert all(parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD) for parameter in parameters)
    assert inspect.unwrap(function).__doc__ or inspect.getdoc(function), f"{name} has no docstring"


@pytest.mark.parametrize(("name", "function"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_verb_is_declared_by_its_own_app_and_is_app_noun_past(name: str, function: object) -> None:
    app = name.partition(".")[0]
    verb = function.verb  # type: ignore[attr-defined]
    declared = {str(value) for value in importlib.import_module(f"{app}.events").Verb}
    assert verb in declared
    assert verb.startswith(f"{app}.")
    assert verb.count(".") == 2


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for app in (*APPS, "audit", "config", "core"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text())


def test_every_task_that_is_woken_by_name_exists() -> None:
    current_app.loader.import_default_modules()
    named = {
        node.args[0].value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "after_commit"
        and isinstance(node.args[0], ast.Constant)
    }
    named |= {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert named, "nothing is woken: this test looks in the wrong place"
    assert named - set(current_app.tasks) == set()


def test_nothing_goes_around_the_clock_or_the_history() -> None:
    forbidden = {
        "bulk_create": "goes around history",
        "bulk_update": "goes around history",
        "save_without_historical_record": "goes around history",
        "skip_history_when_saving": "goes around history",
    }
    found = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in forbidden:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.attr} {forbidden[node.attr]}")
            if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow"):
                owner = getattr(node.value, "id", "")
                if owner in ("timezone", "datetime", "date"):
                    found.append(
                        f"{path.relative_to(ROOT)}:{node.lineno} asks {owner}.{node.attr}, not core.clock"
                    )
    assert found == []
