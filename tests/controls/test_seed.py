"""The seed of the seal: the root of the first checkpoint over the entry that froze the population."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from audit.models import Checkpoint, Leaf
from audit.signing import new_key_file
from audit.tasks import signer_of_this_log
from controls.commands import control_tests as commands
from controls.sampling import drawn
from core.errors import IllegalMove
from tests.audit.log import seal_now
from tests.cast import admit_cast
from tests.factories import controls as make


def test_the_sample_follows_from_the_checkpoint_that_seals_the_freezing(
    fresh_db: str, settings: Any, tmp_path: Path
) -> None:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    cast = admit_cast()
    signer = signer_of_this_log()
    seal_now(signer)
    test = make.frozen(cast, seed_source="checkpoint", seed="")
    with pytest.raises(IllegalMove, match=f"Entry {test.frozen_in}"):
        commands.draw_sample(actor=cast.auditor, test_id=test.pk)
    first = seal_now(signer)
    make.defined(cast)
    seal_now(signer)
    assert connection.in_atomic_block is False
    test = commands.draw_sample(actor=cast.auditor, test_id=test.pk)
    leaf = Leaf.objects.get(event_id=test.frozen_in)
    assert test.checkpoint_size == first.size > leaf.index
    assert not Checkpoint.objects.filter(size__gt=leaf.index, size__lt=first.size).exists()
    assert test.seed == bytes(first.root).hex()
    sample = [str(item.record_id) for item in test.items.order_by("rank")]
    assert sample == drawn(test.seed, dict(test.frozen.members), 3)
