"""Every model of ours is tracked and guarded, links point downwards, and no key into a record gives way."""

import pytest
from django.apps import apps
from django.db import connection, models

from audit.checks import enabled_triggers, expected_triggers
from audit.models import UNTRACKED, TrackedModel
from audit.operations import APPEND_ONLY_TRIGGERS

# From left to right: an app may know what stands to its right.
ORDER = [
    "config",
    "essays",
    "interviews",
    "lifecycle",
    "board",
    "modelcalls",
    "controls",
    "mail",
    "accounts",
    "audit",
    "core",
]


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ORDER and not model.__name__.startswith("Historical")
    ]


def test_every_model_of_ours_keeps_history_or_says_why_not() -> None:
    without = {model._meta.label for model in our_models() if not issubclass(model, TrackedModel)}
    assert without == set(UNTRACKED)
    assert all(reason.strip() for reason in UNTRACKED.values())


def test_every_foreign_key_points_to_the_right_and_protects() -> None:
    wrong = []
    for model in our_models():
        for field in model._meta.get_fields():
            if field.many_to_many or type(field).__name__ == "GenericForeignKey":
                wrong.append(f"{model._meta.label}.{field.name} is many-to-many or generic")
            if not isinstance(field, models.ForeignKey):
                continue
            target = field.related_model._meta.app_label
            here = ORDER.index(model._meta.app_label)
            if target in ORDER and ORDER.index(target) < here:
                wrong.append(f"{model._meta.label}.{field.name} points left, to {target}")
            if field.remote_field.on_delete is not models.PROTECT:
                wrong.append(f"{model._meta.label}.{field.name} does not PROTECT")
    assert wrong == []


@pytest.mark.django_db
def test_every_tracked_table_has_all_its_guards_always_enabled() -> None:
    assert expected_triggers() - enabled_triggers() == set()


@pytest.mark.django_db
def test_what_is_called_append_only_is_so_in_the_database() -> None:
    """Rows that are evidence by themselves: positions, turns, attempts, certificates, drafts."""
    names = {
        "modelcalls_attempt",
        "board_position",
        "board_certificate",
        "board_guideline",
        "lifecycle_dossier",
        "lifecycle_stagechange",
        "interviews_turn",
        "essays_draft",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = %s",
            [APPEND_ONLY_TRIGGERS[0][0]],
        )
        found = {name for (name,) in cursor.fetchall()}
    assert names - found == set()


@pytest.mark.django_db
def test_no_constraint_into_a_record_cascades_or_nulls() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, conname from pg_constraint where confdeltype in ('c', 'n', 'd')"
        )
        assert cursor.fetchall() == []
