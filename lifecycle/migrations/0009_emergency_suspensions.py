"""Emergency suspensions of models: two people begin one, the board ratifies it or it lapses."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_visits"),
        ("audit", "0007_redaction_guards"),
        ("board", "0011_guidelines_guards"),
        ("lifecycle", "0008_promises_are_released_by_a_decision"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSuspension",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("number", models.BigIntegerField()),
                ("reason", models.TextField()),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        help_text="how long it is in force unless the board ratifies it"
                    ),
                ),
                ("proposed_by_name", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_by_name", models.TextField(blank=True)),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, help_text="when it came into force", null=True),
                ),
                (
                    "lapses_at",
                    models.DateTimeField(
                        blank=True, help_text="its end unless it is ratified before", null=True
                    ),
                ),
                (
                    "lasts_until",
                    models.DateTimeField(blank=True, help_text="its end as the board decided", null=True),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("dropped", "Not confirmed"),
                            ("lifted", "Lifted early"),
                            ("rejected", "Ended by the board’s vote"),
                            ("lapsed", "Lapsed: not ratified in time"),
                            ("ran_out", "Over, as the board decided"),
                        ],
                    ),
                ),
                ("ended_because", models.TextField(blank=True)),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "ai_model",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="lifecycle.aimodel",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="board.board",
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="of the motion that last said how long it lasts",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="board.certificate",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.event",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical suspension",
                "verbose_name_plural": "historical suspensions",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
                "indexes": [models.Index(fields=["id", "-history_id"], name="lifecycle_h_id_551e01_idx")],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.BigIntegerField(unique=True)),
                ("reason", models.TextField()),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        help_text="how long it is in force unless the board ratifies it"
                    ),
                ),
                ("proposed_by_name", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_by_name", models.TextField(blank=True)),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, help_text="when it came into force", null=True),
                ),
                (
                    "lapses_at",
                    models.DateTimeField(
                        blank=True, help_text="its end unless it is ratified before", null=True
                    ),
                ),
                (
                    "lasts_until",
                    models.DateTimeField(blank=True, help_text="its end as the board decided", null=True),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("dropped", "Not confirmed"),
                            ("lifted", "Lifted early"),
                            ("rejected", "Ended by the board’s vote"),
                            ("lapsed", "Lapsed: not ratified in time"),
                            ("ran_out", "Over, as the board decided"),
                        ],
                    ),
                ),
                ("ended_because", models.TextField(blank=True)),
                (
                    "ai_model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="lifecycle.aimodel",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="board.board",
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        help_text="of the motion that last said how long it lasts",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="board.certificate",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("ai_model",),
                        name="suspension_once_at_a_time_per_model",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="suspension_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 14)),
                        name="suspension_of_fourteen_days_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None), ("lapses_at", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("lapses_at__isnull", False),
                                models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                                ("lapses_at__gt", models.F("confirmed_at")),
                                (
                                    "lapses_at__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("confirmed_at"),
                                        "+",
                                        models.Value(datetime.timedelta(days=14)),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="suspension_in_force_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certificate", None), ("lasts_until", None)),
                            models.Q(
                                ("certificate__isnull", False),
                                ("confirmed_at__isnull", False),
                                ("lasts_until__gt", models.F("confirmed_at")),
                                ("lasts_until__isnull", False),
                                (
                                    "lasts_until__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("confirmed_at"),
                                        "+",
                                        models.Value(datetime.timedelta(days=90)),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="suspension_lasts_longer_by_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(
                                ("confirmed_at", None), ("ended_at__isnull", False), ("ending", "dropped")
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("ended_at__isnull", False),
                                ("ending__in", ["lifted", "rejected", "lapsed", "ran_out"]),
                            ),
                            _connector="OR",
                        ),
                        name="suspension_ends_in_one_way",
                    ),
                ],
            },
        ),
    ]
