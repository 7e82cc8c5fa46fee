"""The tree against its definition in RFC 9162, section 2.1, written down a second time as it stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

SIZES = range(34)


def leaves_of(size: int) -> list[bytes]:
    return [bytes([number]) * 3 for number in range(size)]


def split(size: int) -> int:
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def defined_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = split(len(leaves))
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


def defined_path(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*defined_path(index, leaves[:k]), defined_root(leaves[k:])]
    return [*defined_path(index - k, leaves[k:]), defined_root(leaves[:k])]


def defined_subproof(old: int, leaves: list[bytes], known: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if known else [defined_root(leaves)]
    k = split(len(leaves))
    if old <= k:
        return [*defined_subproof(old, leaves[:k], known), defined_root(leaves[k:])]
    return [*defined_subproof(old - k, leaves[k:], False), defined_root(leaves[:k])]


def test_the_known_hashes_of_the_rfc() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root([]) == EMPTY_ROOT


@pytest.mark.parametrize("size", SIZES)
def test_root_and_proofs_are_those_of_the_definition(size: int) -> None:
    leaves = leaves_of(size)
    assert root(leaves) == defined_root(leaves)
    for index in range(size):
        assert inclusion_proof(index, leaves) == defined_path(index, leaves)
    for old in range(1, size):
        assert consistency_proof(old, leaves) == defined_subproof(old, leaves, True)


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proved_at_its_own_place_only(size: int) -> None:
    leaves = leaves_of(size)
    for index in range(size):
        proof = inclusion_proof(index, leaves)
        assert [
            place
            for place in range(size)
            if verify_inclusion(leaf_hash(leaves[index]), place, size, proof, root(leaves))
        ] == [index]


@pytest.mark.parametrize("size", SIZES)
def test_every_beginning_is_proved_and_no_other_root(size: int) -> None:
    leaves = leaves_of(size)
    for old in range(size + 1):
        proof = consistency_proof(old, leaves)
        assert verify_consistency(old, root(leaves[:old]), size, root(leaves), proof)
        assert not verify_consistency(old, leaf_hash(b"other"), size, root(leaves), proof)
        if 0 < old < size:
            assert not verify_consistency(old, root(leaves[:old]), size, leaf_hash(b"other"), proof)
            assert not verify_consistency(old, root(leaves[:old]), size, root(leaves), proof[:-1])


@given(st.data())
def test_a_proof_with_one_bit_turned_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 200))
    leaves = [number.to_bytes(2, "big") for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, leaves)
    place = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    turned = (int.from_bytes(proof[place], "big") ^ 1 << bit).to_bytes(32, "big")
    bad = [*proof[:place], turned, *proof[place + 1 :]]
    assert verify_inclusion(leaf_hash(leaves[index]), index, size, proof, root(leaves))
    assert not verify_inclusion(leaf_hash(leaves[index]), index, size, bad, root(leaves))


@pytest.mark.parametrize("index", [-1, 3, 100])
def test_no_proof_of_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(index, leaves_of(3))


@pytest.mark.parametrize("old", [-1, 4])
def test_no_proof_of_a_beginning_longer_than_the_whole(old: int) -> None:
    with pytest.raises(ValueError, match="more leaves"):
        consistency_proof(old, leaves_of(3))


@pytest.mark.parametrize(
    "arguments",
    [
        (b"short", 0, 1, [], b"short"),
        (EMPTY_ROOT, "0", 1, [], EMPTY_ROOT),
        (EMPTY_ROOT, 0, 1, None, EMPTY_ROOT),
        (EMPTY_ROOT, -1, 1, [], EMPTY_ROOT),
        (EMPTY_ROOT, True, 1, [], EMPTY_ROOT),
        (EMPTY_ROOT, 0, 2**80, [EMPTY_ROOT] * 3, EMPTY_ROOT),
        (None, None, None, None, None),
    ],
)
def test_anything_malformed_is_simply_false(arguments: tuple[object, ...]) -> None:
    hashed, index, size, proof, signed = arguments
    assert verify_inclusion(hashed, index, size, proof, signed) is False  # type: ignore[arg-type]
    assert verify_consistency(index, hashed, size, signed, proof) is False  # type: ignore[arg-type]


def test_nothing_is_in_an_empty_tree_and_it_is_the_beginning_of_itself() -> None:
    assert not verify_inclusion(EMPTY_ROOT, 0, 0, [], EMPTY_ROOT)
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])


def test_a_frontier_is_all_one_must_keep() -> None:
    frontier = Frontier()
    for size, data in enumerate(leaves_of(33), start=1):
        completed = frontier.append(leaf_hash(data))
        assert completed[-1] in frontier.hashes
        assert len(completed) == (size & -size).bit_length()
        assert Frontier(size, frontier.hashes).root() == root(leaves_of(size))
    with pytest.raises(ValueError, match="frontier"):
        Frontier(3, [EMPTY_ROOT])
