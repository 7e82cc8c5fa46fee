"""The Merkle tree of the seal: RFC 9162, section 2.1, over SHA-256. Pure: imports without Django settings.

`leaves` are data, not hashes; proofs are lists of hashes, nearest the leaf first. Not here: what a leaf says
(sealing.py) and how a root is signed (notes.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf: SHA-256 over 0x00 and its data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 over 0x01 and its children."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The least one must keep of a tree to go on appending: the roots of its perfect subtrees, largest first.

    At most 64 hashes for any size that can occur. `size` counts the leaves.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size, self.hashes = size, list(hashes)
        if size < 0 or len(self.hashes) != size.bit_count():
            raise ValueError("These hashes are not the frontier of a tree of this size.")

    def append(self, hashed: bytes) -> list[bytes]:
        """Add one leaf by its hash. The roots of the perfect subtrees it completes, of 1, 2, 4, … leaves."""
        completed = [hashed]
        size = self.size
        while size & 1:
            hashed = node_hash(self.hashes.pop(), hashed)
            completed.append(hashed)
            size >>= 1
        self.hashes.append(hashed)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self.hashes:
            return EMPTY_ROOT
        found = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            found = node_hash(left, found)
        return found


def root(leaves: Iterable[bytes]) -> bytes:
    """The tree hash of the leaves (2.1.1)."""
    frontier = Frontier()
    for data in leaves:
        frontier.append(leaf_hash(data))
    return frontier.root()


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What proves that leaf `index` is in the tree of all leaves (2.1.3.1). ValueError: no such leaf."""
    hashes = [leaf_hash(data) for data in leaves]
    return [_subtree(hashes[start:end]) for start, end in inclusion_ranges(index, len(hashes))]


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The leaves under each hash of an inclusion proof, as [start, end). ValueError: no such leaf."""
    if not 0 <= index < size:
        raise ValueError("There is no such leaf.")
    ranges = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def verify_inclusion(hashed: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Whether the proof leads from a leaf's hash to the root (2.1.3.2). False for anything malformed."""
    if not (_are_sizes(index, size) and index < size and _are_hashes([hashed, root]) and _are_hashes(proof)):
        return False
    node, last, found = index, size - 1, hashed
    for step in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(step, found)
            while not node & 1 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, step)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(old_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What proves that the first `old_size` leaves are a beginning of all of them (2.1.4.1).

    Empty for a tree of no leaves and for the whole tree. ValueError: negative, or more than there are.
    """
    hashes = [leaf_hash(data) for data in leaves]
    return [_subtree(hashes[start:end]) for start, end in consistency_ranges(old_size, len(hashes))]


def consistency_ranges(old_size: int, size: int) -> list[tuple[int, int]]:
    """The leaves under each hash of a consistency proof, as [start, end). ValueError as above."""
    if not 0 <= old_size <= size:
        raise ValueError("The older tree has more leaves than there are.")
    ranges = []
    start, end, known = 0, size, True
    while 0 < old_size < end:
        middle = start + _split(end - start)
        if old_size <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, known = middle, False
    if old_size and not known:
        ranges.append((start, end))
    return ranges[::-1]


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: list[bytes]
) -> bool:
    """Whether the newer tree begins with the older one (2.1.4.2). False for anything malformed."""
    if not (_are_sizes(old_size, new_size) and old_size <= new_size and _are_hashes([old_root, new_root])):
        return False
    if not _are_hashes(proof):
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT and (new_size > 0 or new_root == EMPTY_ROOT)
    if old_size == new_size:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    older = newer = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while not node & 1 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        node, last = node >> 1, last >> 1
    return last == 0 and older == old_root and newer == new_root


def _split(size: int) -> int:
    """The largest power of two smaller than `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _subtree(hashes: Sequence[bytes]) -> bytes:
    frontier = Frontier()
    for hashed in hashes:
        frontier.append(hashed)
    return frontier.root()


def _are_sizes(*values: object) -> bool:
    return all(type(value) is int and value >= 0 for value in values)


def _are_hashes(values: object) -> bool:
    return isinstance(values, list) and all(type(value) is bytes and len(value) == 32 for value in values)
