"""An outbox that is empty once the cast has come."""

import pytest

from mail.models import Message
from tests.cast import Cast


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast, after the mails about their roles are out of the way."""
    Message.objects.all().delete()
    return cast
