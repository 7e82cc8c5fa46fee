"""The page of a sealed entry follows its leaf up to the signed root, in as few queries whatever it is about."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from accounts import commands
from audit.models import Event
from audit.signing import new_key_file
from audit.tasks import signer_of_this_log
from tests.audit.log import seal_now
from tests.cast import admit_cast
from tests.factories.board import open_ballot_for

QUERIES = 12


def test_a_sealed_entry_is_proved_on_its_page_in_twelve_queries(
    fresh_db: str, settings: Any, tmp_path: Path, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    settings.AUDIT_SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    new_key_file(tmp_path / "key.pem")
    cast = admit_cast()
    signer = signer_of_this_log()
    open_ballot_for(cast)
    for _ in range(20):
        commands.note_sign_in(actor=cast.auditor, person_id=cast.auditor.id)
        seal_now(signer)
    auditor = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    auditor.force_login(cast.person("auditor").user, backend=backend)
    numbers = list(
        Event.objects.filter(leaf__isnull=False).order_by("number").values_list("number", flat=True)
    )
    assert len(numbers) > 40
    auditor.get(f"/desk/audit/{numbers[0]}/")
    for number in numbers:
        with django_assert_max_num_queries(QUERIES):
            page = auditor.get(f"/desk/audit/{number}/").content.decode()
        assert "which leads to the signed root" in page, number
