"""The chain of certificates: each names the digest of the one before it on this installation. Reads only.

Whoever keeps one certificate can show later that none before it was changed, taken out or put in.
"""

from dataclasses import dataclass

from board.models import Certificate


@dataclass(frozen=True)
class Link:
    """How one certificate hangs together with the one before.

    `whole`: its own document has its digest, and its words their commitments. `before`: the number it names, or
    empty. `fits`: None when it names none (the first, or made before certificates were chained).
    """

    whole: bool
    before: str
    before_digest: str
    fits: bool | None

    @property
    def holds(self) -> bool:
        return self.whole and self.fits is not False


def last() -> Certificate | None:
    """The certificate the next one hangs on; the caller holds the lock under which numbers are given."""
    return Certificate.objects.only("number", "digest").order_by("-year", "-serial").first()


def named_before(certificate: Certificate | None) -> dict[str, str] | None:
    """How a certificate names the one before it: None for the first."""
    return {"number": certificate.number, "digest": certificate.digest} if certificate else None


def link_of(certificate: Certificate) -> Link:
    """Whether this certificate is whole, and hangs on the one before as it says. One query.

    The one before is digested anew, so a change of its document or words shows here; none may stand between the two.
    """
    document, whole = certificate.told, certificate.whole
    if "previous" not in document:
        return Link(whole, "", "", None)
    earlier = Certificate.objects.filter(year=certificate.year, serial__lt=certificate.serial)
    earlier = earlier | Certificate.objects.filter(year__lt=certificate.year)
    there = earlier.order_by("-year", "-serial").first()
    named = document["previous"]
    if named is None:
        return Link(whole, "", "", there is None)
    fits = (
        there is not None
        and there.number == named["number"]
        and there.whole
        and there.digest == named["digest"]
    )
    return Link(whole, named["number"], named["digest"], fits)
