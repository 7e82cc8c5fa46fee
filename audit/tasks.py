"""Periodic work of the audit: the seal, and the catalogue of what it sealed."""

import logging

from celery import shared_task

from audit import publishing
from audit.catalogue import catalogue_what_is_sealed
from audit.keys import adopt_key
from audit.models import SigningKey
from audit.notes import VerifierKey
from audit.sealing import RefusedToSign, seal_all
from audit.signing import NoKey, Signer, configured_signer, name_of_log
from core.policies import Process

SEALER = Process("Sealer")
log = logging.getLogger(__name__)


@shared_task(name="audit.seal")  # type: ignore[untyped-decorator]  # Celery has no types
def seal_what_is_ready() -> None:
    """Seal everything that is ready. Without a key nothing is sealed; the state of the seal says so."""
    try:
        for checkpoint in seal_all(signer_of_this_log()):
            log.info("sealed up to %s", checkpoint)
    except NoKey as missing:
        log.warning("%s", missing)
    except RefusedToSign as refusal:
        log.error("The seal refuses to sign: %s", refusal)


@shared_task(name="audit.catalogue")  # type: ignore[untyped-decorator]  # Celery has no types
def catalogue_entries() -> None:
    """Make what was sealed quick to search and to draw."""
    catalogue_what_is_sealed()


@shared_task(name="audit.pass_over_numbers")  # type: ignore[untyped-decorator]  # Celery has no types
def pass_over_numbers() -> None:
    """While something is held back: make the gaps between numbers tell nothing."""
    publishing.pass_over_numbers()


def signer_of_this_log() -> Signer:
    """The configured key under this log's name; the first time, it is adopted. NoKey as in `configured_signer`."""
    first = SigningKey.objects.order_by("pk").first()
    signer = configured_signer(VerifierKey.parse(first.verifier_key).name if first else name_of_log())
    if first is None:
        adopt_key(actor=SEALER, key=signer.verifier_key)
    return signer
