"""`.local/env` and the check that asks for running services."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local import env, places


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        yield server.getsockname()[1]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(env, "ROOT", tmp_path)
    monkeypatch.setattr(env, "ENV_FILE", tmp_path / "env")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def test_comments_blank_lines_and_spaces_are_no_settings_and_a_value_may_hold_equals_signs() -> None:
    text = "# written\n\n DEBUG = 1 \nURL=redis://:a=b@127.0.0.1:1/0\nno setting\n#KEY=off\n"
    assert env.parse(text) == {"DEBUG": "1", "URL": "redis://:a=b@127.0.0.1:1/0"}


def test_what_is_written_is_read_again_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "env"
    path.write_text("OLD=1\n")
    path.chmod(0o644)
    env.write(path, {"SECRET_KEY": "s", "DEBUG": "1"})
    assert env.read(path) == {"SECRET_KEY": "s", "DEBUG": "1"}
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_file_is_no_settings(tmp_path: Path) -> None:
    assert env.read(tmp_path / "none") == {}


@pytest.mark.parametrize(
    "arguments",
    [[], ["local"], ["--help"], ["migrate", "--help"], ["makemigrations", "--check"], ["help", "x"]],
)
def test_some_commands_need_no_services(checkout: Path, arguments: list[str]) -> None:
    assert env.complaint(arguments) is None


def test_a_command_without_services_is_told_how_to_start_them(checkout: Path) -> None:
    assert env.complaint(["migrate"]) == env.NOT_RUNNING
    assert "make run" in env.NOT_RUNNING


def test_services_that_were_stopped_are_not_running(checkout: Path, listening: int) -> None:
    addresses = {
        "DATABASE_URL": f"postgres://emeritus:x@127.0.0.1:{listening}/emeritus",
        "CELERY_BROKER_URL": f"redis://:x@127.0.0.1:{places.free_port()}/0",
    }
    env.write(env.ENV_FILE, addresses)
    assert env.complaint(["migrate"]) == env.NOT_RUNNING


def test_services_that_answer_are_good_enough(checkout: Path, listening: int) -> None:
    address = f"127.0.0.1:{listening}/0"
    env.write(
        env.ENV_FILE, {"DATABASE_URL": f"postgres://{address}", "CELERY_BROKER_URL": f"redis://{address}"}
    )
    assert env.complaint(["migrate"]) is None


def test_a_database_of_ones_own_needs_no_local_services(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / ".env").write_text("DATABASE_URL=postgres://db.example/emeritus\n")
    assert env.complaint(["migrate"]) is None
    (checkout / ".env").unlink()
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/emeritus")
    assert env.complaint(["migrate"]) is None


def test_a_port_somebody_uses_is_not_free_and_another_one_is_found(listening: int) -> None:
    assert not places.port_is_free(listening)
    other = places.free_port(listening)
    assert other != listening
    assert places.port_is_free(other)
    assert places.free_port(other) == other
