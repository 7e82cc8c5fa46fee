"""Register AI models, correct what is said of them, state facts."""

from datetime import date, datetime
from typing import TypedDict, TypeVar, Unpack
from uuid import UUID

from django.db.models import Model
from django.utils.text import slugify

from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from core import clock
from core.errors import NotFound, Unacceptable
from core.policies import Actor, require
from lifecycle import policies, steps
from lifecycle.events import Verb
from lifecycle.models import AIModel, Deployment, Fact
from lifecycle.stages import Kind, Stage
from modelcalls.models import Endpoint

Row = TypeVar("Row", bound=Model)

REGISTER = "Our register"
DATED = frozenset(Kind) - {Kind.REPLACEMENT, Kind.ACCESS_CHANGE}


@command(Verb.AI_MODEL_REGISTERED)
def register_ai_model(
    *,
    actor: Actor,
    name: str,
    provider: str,
    slug: str = "",
    family: str = "",
    ours: bool = True,
    endpoint_id: UUID | None = None,
    released_on: date | None = None,
    licence: str = "",
    description: str = "",
    succeeds_id: UUID | None = None,
    steward_id: UUID | None = None,
) -> AIModel:
    """A new AI model: ours begins active, a vendor's has the stage its facts give. Its steward is the registrar."""
    require(policies.may_register_ai_model(actor))
    name, provider = name.strip(), provider.strip()
    if not name:
        raise Unacceptable("Give the model’s name.", "name")
    if not provider:
        raise Unacceptable("Say who made the model.", "provider")
    address = slug.strip() or slugify(name)
    if not address or slugify(address) != address:
        raise Unacceptable("The address may hold small letters, digits and hyphens only.", "slug")
    if AIModel.objects.filter(slug=address).exists():
        raise Unacceptable(f"The address “{address}” is taken. Choose another.", "slug")
    if AIModel.objects.filter(name=name, provider=provider).exists():
        raise Unacceptable(f"{name} by {provider} is registered already.", "name")
    now = clock.now()
    ai_model = AIModel(
        slug=address,
        name=name,
        provider=provider,
        family=family.strip(),
        ours=ours,
        stage=Stage.ACTIVE if ours else "",
        released_on=released_on,
        licence=licence.strip(),
        description=description.strip(),
        succeeds=_found(AIModel, succeeds_id),
        endpoint=_found(Endpoint, endpoint_id),
        steward=_found(Person, steward_id or actor.id),
        registered_at=now,
    )
    ai_model.save(force_insert=True)
    record(ai_model, data={"slug": address, "ours": ours})
    if released_on:
        source = steps.the_source(REGISTER)
        steps.state(
            ai_model=ai_model, kind=Kind.RELEASED, effective=released_on, source=source, known_from=now
        )
    return ai_model


class Particulars(TypedDict, total=False):
    """What may be corrected about an AI model; its stage is not among it."""

    family: str
    endpoint_id: UUID | None
    licence: str
    description: str
    succeeds_id: UUID | None
    steward_id: UUID | None


@command(Verb.AI_MODEL_EDITED)
def edit_ai_model(*, actor: Actor, ai_model_id: UUID, **particulars: Unpack[Particulars]) -> AIModel:
    """Correct particulars of a model; what is not named stays."""
    ai_model = locked(AIModel, ai_model_id)
    require(policies.may_register_ai_model(actor))
    _found(Endpoint, particulars.get("endpoint_id"))
    _found(AIModel, particulars.get("succeeds_id"))
    _found(Person, particulars.get("steward_id"))
    changed = []
    for field, value in particulars.items():
        text = value.strip() if isinstance(value, str) else value
        if getattr(ai_model, field) != text:
            setattr(ai_model, field, text)
            changed.append(field)
    if ai_model.succeeds_id == ai_model.pk:
        raise Unacceptable("A model does not succeed itself.", "succeeds")
    if not changed:
        return unchanged(ai_model)
    ai_model.save()
    record(ai_model, data={"changed": changed})
    return ai_model


@command(Verb.FACT_STATED)
def state_fact(
    *,
    actor: Actor,
    ai_model_id: UUID,
    kind: str,
    source: str,
    effective: date | None = None,
    value: str = "",
    known_from: datetime | None = None,
    deployment_id: UUID | None = None,
    locator: str = "",
    url: str = "",
    captured: str = "",
) -> Fact:
    """Append what a source says. It supersedes what the same source said of the same kind; nothing is erased.

    `known_from`: when we came to know, now unless said. `captured`: the source's text, kept as a digest only.
    """
    ai_model = locked(AIModel, ai_model_id)
    require(policies.may_state_fact(actor))
    if kind not in list(Kind):
        raise Unacceptable("Choose what the fact speaks of.", "kind")
    if not source.strip():
        raise Unacceptable("Name the source. A date without one is not a fact.", "source")
    if kind in DATED and effective is None:
        raise Unacceptable("Give the day this is true on.", "effective")
    if kind not in DATED and not value.strip():
        raise Unacceptable("Say in words what the source says.", "value")
    if url and not url.startswith(("https://", "http://", "/")):
        raise Unacceptable("The address must begin with https://.", "url")
    now = clock.now()
    if known_from is not None and known_from > now:
        raise Unacceptable("We cannot have known this from a later time than now.", "known_from")
    deployment = (
        Deployment.objects.filter(pk=deployment_id, ai_model=ai_model).first() if deployment_id else None
    )
    if deployment_id and deployment is None:
        raise NotFound("There is no such deployment of this model.")
    fact = steps.state(
        ai_model=ai_model,
        kind=Kind(kind),
        source=steps.the_source(source.strip()),
        known_from=known_from or now,
        effective=effective,
        value=value.strip(),
        deployment=deployment,
        locator=locator.strip(),
        url=url.strip(),
        captured=captured,
    )
    record(fact, data={"ai_model": ai_model.slug, "kind": kind, "source": source.strip()})
    return fact


def _found(model: type[Row], key: UUID | None) -> Row | None:
    """The row of a key given; None for none. NotFound when the key is nobody's."""
    if key is None:
        return None
    row = model._default_manager.filter(pk=key).first()
    if row is None:
        raise NotFound(f"There is no such {model._meta.verbose_name}.")
    return row
