"""How the owner of the tables would tamper, per kind of table, and what the verifier must say of it.

Each function does it, with every guard off, and returns what must be named. `MATRIX` has a cell for every kind of table
and every way; where a way does not exist for a kind, the cell says why.
"""

from collections.abc import Callable

from tests.audit.log import SealedLog
from tests.audit.mutations.events import (
    backdate,
    change_the_payload_only_of_an_event,
    delete_from_the_middle,
    delete_the_tail,
    duplicate_an_event,
    edit_an_event,
    erase_an_event,
    fork_the_tree,
    insert_an_entry,
    null_the_actor,
    swap_two_events,
)
from tests.audit.mutations.keys import (
    delete_a_key_from_the_middle,
    delete_a_key_that_signed_nothing_yet,
    delete_the_last_key,
    duplicate_a_key,
    edit_a_key,
    insert_a_key_signed_by_a_stolen_one,
    put_another_key_in_its_place,
    swap_two_keys,
)
from tests.audit.mutations.rows import (
    change_the_live_row_only,
    delete_a_version_and_put_the_row_back,
    delete_the_live_row_only,
    delete_the_newest_row,
    duplicate_a_row,
    erase_the_row_only,
    insert_a_live_row_only,
    swap_two_rows,
)
from tests.audit.mutations.tree import (
    change_the_leaf_only,
    delete_a_checkpoint_from_the_middle,
    delete_a_leaf_from_the_middle,
    delete_the_last_checkpoint,
    delete_the_newest_leaf,
    duplicate_a_checkpoint,
    duplicate_a_leaf,
    edit_a_checkpoint,
    fork_the_tree_with_the_key,
    insert_a_checkpoint,
    insert_a_leaf,
    replay_an_old_checkpoint,
    sign_with_another_key,
    swap_two,
    swap_two_checkpoints,
)
from tests.audit.mutations.versions import (
    backdate_a_version,
    change_the_payload_only_of_a_version,
    delete_a_version_from_the_middle,
    delete_the_newest_version,
    duplicate_a_version,
    edit_a_field,
    edit_a_field_and_its_digest,
    erase_without_a_redaction,
    fork_the_tree_from_a_version,
    insert_a_version,
    move_a_version_to_another_entry,
    null_the_actor_of_a_version,
    swap_two_versions,
)

KINDS = ("event", "version", "row", "leaf", "checkpoint", "key")
WAYS = (
    "edit a field",
    "null the actor",
    "delete from the middle",
    "delete the tail",
    "insert",
    "swap",
    "duplicate",
    "backdate",
    "replay an old checkpoint",
    "sign with another key",
    "fork the tree",
    "payload but not row",
    "row but not payload",
    "live row only",
    "erase without a redaction",
)
NO_ACTOR = "it names nobody"
NO_TIME = "its time is shown and not proved; the entries under it bear proved ones"
NO_PAYLOAD = "it is its own payload"
NOT_SIGNED = "it is not signed by itself"
CHECKPOINTS_ONLY = "this is done with checkpoints"
NOTHING_PRIVATE = "there is nothing in it to erase"
NO_FORK = "the tree is made of leaves; forks are made through records and checkpoints"


# kind → one cell per way, in their order: what is done, or why there is no such thing.
MATRIX: dict[str, tuple[Callable[[SealedLog], str] | str, ...]] = {
    "event": (
        edit_an_event,
        null_the_actor,
        delete_from_the_middle,
        delete_the_tail,
        insert_an_entry,
        swap_two_events,
        duplicate_an_event,
        backdate,
        CHECKPOINTS_ONLY,
        NOT_SIGNED,
        fork_the_tree,
        change_the_payload_only_of_an_event,
        edit_an_event,
        "an event has no live row",
        erase_an_event,
    ),
    "version": (
        edit_a_field,
        null_the_actor_of_a_version,
        delete_a_version_from_the_middle,
        delete_the_newest_version,
        insert_a_version,
        swap_two_versions,
        duplicate_a_version,
        backdate_a_version,
        CHECKPOINTS_ONLY,
        NOT_SIGNED,
        fork_the_tree_from_a_version,
        change_the_payload_only_of_a_version,
        edit_a_field,
        edit_a_field_and_its_digest,
        erase_without_a_redaction,
    ),
    "row": (
        change_the_live_row_only,
        NO_ACTOR,
        delete_the_live_row_only,
        delete_the_newest_row,
        insert_a_live_row_only,
        swap_two_rows,
        duplicate_a_row,
        "it bears no time of its own",
        CHECKPOINTS_ONLY,
        NOT_SIGNED,
        NO_FORK,
        "its payload is its newest version",
        change_the_live_row_only,
        change_the_live_row_only,
        erase_the_row_only,
    ),
    "leaf": (
        change_the_leaf_only,
        NO_ACTOR,
        delete_a_leaf_from_the_middle,
        delete_the_newest_leaf,
        insert_a_leaf,
        swap_two,
        duplicate_a_leaf,
        "it bears no time",
        CHECKPOINTS_ONLY,
        NOT_SIGNED,
        NO_FORK,
        NO_PAYLOAD,
        NO_PAYLOAD,
        "a leaf has no live row",
        NOTHING_PRIVATE,
    ),
    "checkpoint": (
        edit_a_checkpoint,
        NO_ACTOR,
        delete_a_checkpoint_from_the_middle,
        delete_the_last_checkpoint,
        insert_a_checkpoint,
        swap_two_checkpoints,
        duplicate_a_checkpoint,
        NO_TIME,
        replay_an_old_checkpoint,
        sign_with_another_key,
        fork_the_tree_with_the_key,
        NO_PAYLOAD,
        NO_PAYLOAD,
        "a checkpoint has no live row",
        NOTHING_PRIVATE,
    ),
    "key": (
        edit_a_key,
        NO_ACTOR,
        delete_a_key_from_the_middle,
        delete_the_last_key,
        insert_a_key_signed_by_a_stolen_one,
        swap_two_keys,
        duplicate_a_key,
        NO_TIME,
        CHECKPOINTS_ONLY,
        put_another_key_in_its_place,
        "a key is no part of the tree",
        NO_PAYLOAD,
        NO_PAYLOAD,
        "a key has no live row",
        NOTHING_PRIVATE,
    ),
}
BESIDES = (
    delete_a_version_and_put_the_row_back,
    move_a_version_to_another_entry,
    delete_a_key_that_signed_nothing_yet,
)
