"""State a fact: appended, with its source and the instant we came to know it."""

from datetime import date, datetime

from audit.commands import in_command
from core.digests import sha256_hex
from lifecycle.models import AIModel, Deployment, Fact, Source
from lifecycle.stages import Kind
from lifecycle.steps.numbers import next_number


def the_source(name: str, url: str = "") -> Source:
    """The source of this name, made when it is new."""
    in_command()
    found = Source.objects.filter(name=name).first()
    if found is None:
        found = Source(name=name, url=url)
        found.save(force_insert=True)
    return found


def state(
    *,
    ai_model: AIModel,
    kind: Kind,
    source: Source,
    known_from: datetime,
    effective: date | None = None,
    value: str = "",
    deployment: Deployment | None = None,
    locator: str = "",
    url: str = "",
    captured: str = "",
    digest: str = "",
    number: int | None = None,
) -> Fact:
    """Append one fact. `captured` is the source's text, of which only the digest is kept."""
    in_command()
    fact = Fact(
        number=number if number is not None else next_number("fact"),
        ai_model=ai_model,
        deployment=deployment,
        kind=kind,
        effective=effective,
        value=value,
        known_from=known_from,
        source=source,
        locator=locator,
        url=url,
        digest=digest or (sha256_hex(captured) if captured else ""),
    )
    fact.save(force_insert=True)
    return fact
