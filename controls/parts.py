"""Whether somebody had part in a record: wrote a version of it, is named by one of its keys, or is a party to it."""

from django.db import models

from accounts.models import Person
from audit.models import TrackedModel
from audit.registry import Population
from core.policies import Actor


def had_part(actor: Actor, row: TrackedModel, population: Population) -> bool:
    if actor.id is None:
        return False
    named = {
        getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    if actor.id in named or actor.id in set(population.parties(row)):
        return True
    return bool(type(row).history.filter(id=row.pk, history_user_id=actor.id).exists())
