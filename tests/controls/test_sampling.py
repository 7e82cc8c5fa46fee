"""A sample is what its seed says: the same for everybody, in any order, and with the tools of any shell."""

import subprocess
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controls.sampling import drawn, population_digest, rank

IDS = st.lists(st.uuids().map(str), min_size=1, max_size=60, unique=True)
SEEDS = st.text("abcdef0123456789-", min_size=1, max_size=64)


@given(IDS, SEEDS, st.integers(0, 80), st.randoms())
def test_the_same_seed_draws_the_same_sample_however_the_population_is_ordered(
    ids: list[str], seed: str, wanted: int, order: object
) -> None:
    shuffled = list(ids)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    sample = drawn(seed, ids, wanted)
    assert drawn(seed, shuffled, wanted) == sample
    assert population_digest(shuffled) == population_digest(ids)
    assert len(sample) == len(set(sample)) == (min(wanted, len(ids)) if wanted else len(ids))
    assert set(sample) <= set(ids)


@given(IDS, SEEDS, st.integers(1, 20))
def test_a_larger_sample_begins_with_the_smaller_one(ids: list[str], seed: str, wanted: int) -> None:
    assert drawn(seed, ids, wanted + 5)[:wanted] == drawn(seed, ids, wanted)


@given(IDS, SEEDS, st.uuids().map(str), st.integers(1, 20))
def test_a_record_more_moves_no_other_before_another(
    ids: list[str], seed: str, further: str, wanted: int
) -> None:
    """So that nobody steers which of the others are drawn by adding records."""
    before = drawn(seed, ids, 0)
    after = [key for key in drawn(seed, [*ids, further], 0) if key != further or further in ids]
    assert after == before


def test_what_is_written_in_the_documents_gives_the_same_place() -> None:
    key = str(UUID(int=7))
    said = subprocess.run(
        ["sh", "-c", "printf '%s' \"$SEED:$ID\" | sha256sum"],
        env={"SEED": "lantern-12", "ID": key, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split()[0] == rank("lantern-12", key)


def test_every_record_is_about_as_likely_as_another() -> None:
    ids = [str(UUID(int=number)) for number in range(20)]
    times = dict.fromkeys(ids, 0)
    for number in range(2000):
        for key in drawn(f"seed-{number}", ids, 5):
            times[key] += 1
    assert min(times.values()) > 400  # 500 are to be expected; 400 lies five standard deviations below
    assert max(times.values()) < 600


@pytest.mark.parametrize(("seed", "wanted"), [("", 3), ("lantern", -1)])
def test_without_a_seed_or_with_less_than_nothing_there_is_no_sample(seed: str, wanted: int) -> None:
    with pytest.raises(ValueError, match="seed"):
        drawn(seed, ["a"], wanted)
