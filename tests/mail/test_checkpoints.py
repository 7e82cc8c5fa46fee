"""Once a day every auditor gets the last checkpoint, in a form that can be held against an export."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.exporting import export
from audit.models import Checkpoint, Event
from audit.notes import opened, unfolded
from audit.sealing import known_keys
from audit.signing import new_key_file
from audit.tasks import signer_of_this_log
from audit.verifying import verify
from core import clock
from mail.models import Message
from mail.registry import CHECKPOINT
from mail.tasks import tell_auditors_daily
from tests.audit.log import seal_now
from tests.cast import Cast, admit_cast

# Tomorrow: roles given today are in force, and the hour is that of the mails.
MORNING = datetime.now(UTC).replace(hour=7, minute=30) + timedelta(days=1)


@pytest.fixture
def sealed(fresh_db: str, settings: Any, tmp_path: Path) -> Cast:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    cast = admit_cast()
    seal_now(signer_of_this_log())
    return cast


def test_every_auditor_gets_it_once_a_day_and_can_verify_with_it(sealed: Cast, tmp_path: Path) -> None:
    for minutes in (0, 40, 90):
        with clock.frozen(MORNING + timedelta(minutes=minutes)):
            tell_auditors_daily()
    mail = Message.objects.get(kind=CHECKPOINT)
    assert mail.recipient.name == "Auditor"
    before, _, rest = mail.text.partition("\n\n    ")
    kept = "    " + rest.partition("\n\nSave the indented lines")[0]
    assert "Keep this mail" in before
    assert opened(unfolded(kept), known_keys()).size == Checkpoint.objects.latest("size").size
    seal_now(signer_of_this_log())
    export(tmp_path / "export")
    assert verify(tmp_path / "export", kept).unsealed == 0
    with clock.frozen(MORNING + timedelta(days=1)):
        assert tell_auditors_daily() == 1
    assert Event.objects.filter(verb="mail.checkpoint.told").count() == 2


@pytest.mark.django_db
def test_nothing_is_told_at_night_or_before_the_first_seal(cast: Cast) -> None:
    with clock.frozen(MORNING):
        assert tell_auditors_daily() == 0
    with clock.frozen(MORNING.replace(hour=3)):
        assert tell_auditors_daily() == 0
    assert not Message.objects.filter(kind=CHECKPOINT).exists()
