"""People in what was recorded: a version keeps a key; a reader wants a name, and the way to its record."""

from collections.abc import Iterable
from dataclasses import replace

from audit.queries import tracked_model
from audit.registry import describe
from audit.versions import Value, WrittenVersion
from core.policies import Actor

PERSON = "accounts.Person"


def with_people_named(versions: Iterable[WrittenVersion], viewer: Actor) -> list[WrittenVersion]:
    """The same versions with today's names of the people they point to, where the viewer may see them. One query."""
    found = list(versions)
    keys = {value.text for version in found for value in version.values if value.of == PERSON and value.text}
    model = tracked_model(PERSON)
    if not keys or model is None:
        return found
    about = describe.get(PERSON)
    people = {
        str(row.pk): row
        for row in model._default_manager.filter(pk__in=keys).order_by("pk")
        if about.visible(viewer, row)
    }

    def named(value: Value) -> Value:
        row = people.get(value.text) if value.of == PERSON else None
        return value if row is None else value._replace(text=about.label(row), url=about.url(row))

    return [replace(version, values=tuple(map(named, version.values))) for version in found]
