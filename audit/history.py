"""Row history: django-simple-history with the actor, the event and a digest on every version.

The database fills what must not be believed: event, time, transaction, salt and digest (audit/sql/guards.sql).
Not here: the guards themselves (operations.py) and the command that opens an event (commands.py).
"""

from functools import cache
from typing import Any

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from audit.current import opened


def current_actor_name() -> str:
    """Whoever acts in the open command; referred to by migrations, so its name stays."""
    command = opened()
    return command.actor.name if command else ""


class Version(models.Model):
    """What every version of every record bears besides the record's own fields."""

    event = models.ForeignKey(
        "audit.Event", models.PROTECT, related_name="+", null=True, db_constraint=False, editable=False
    )
    actor_name = models.TextField(default=current_actor_name, editable=False)
    xid = models.BigIntegerField(null=True, editable=False)
    salt = models.UUIDField(null=True, editable=False)
    # Not "digest": records of ours have a digest of their own, and a version bears both.
    version_digest = models.BinaryField(null=True, editable=False)

    class Meta:
        abstract = True


class VersionManager(HistoryManager):
    """The manager of versions. Its class is made once for all, and not anew whenever `.history` is named."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[Any], class_name: str | None = None) -> type[Any]:
        made: type[Any] = super().from_queryset(queryset_class, class_name)
        return made


class AuditedHistory(HistoricalRecords):
    """The one way a model of ours keeps history. Inherited with `TrackedModel`; takes no options."""

    def __init__(self, **ignored: Any) -> None:
        super().__init__(
            inherit=True,
            history_manager=VersionManager,
            bases=(Version,),
            history_id_field=models.BigAutoField(),
            history_user_id_field=models.UUIDField(null=True, editable=False),
            history_user_setter=_keep_actor_id,
            history_change_reason_field=models.TextField(null=True),
        )

    def get_history_user(self, instance: models.Model) -> Any:
        command = opened()
        return command.actor if command else None

    def get_change_reason_for_object(
        self, instance: models.Model, history_type: str, using: Any
    ) -> str | None:
        command = opened()
        return (command.reason or None) if command else None

    def copy_fields(self, model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
        """A version is found by its record or by its event; other indexes would only slow writing down."""
        fields: dict[str, models.Field[Any, Any]] = super().copy_fields(model)
        for field in fields.values():
            field.db_index = False  # type: ignore[attr-defined]  # every field has it; the stubs do not say so
        return fields

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        options: dict[str, Any] = super().get_meta_options(model)
        options["ordering"] = ("-history_id",)
        options["get_latest_by"] = "history_id"
        options["indexes"] = [models.Index(fields=[model._meta.pk.name, "-history_id"])]
        return options


def _keep_actor_id(version: Any, actor: Any) -> None:
    version.history_user_id = actor.id if actor is not None else None
