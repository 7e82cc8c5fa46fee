import uuid

import django.db.models.deletion
import simple_history.models
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_accounts_guards"),
        ("audit", "0002_guard_functions"),
        ("lifecycle", "0004_stage_follows_decisions"),
        ("modelcalls", "0003_modelcalls_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Essay",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(help_text="the issue")),
                (
                    "title",
                    models.TextField(
                        help_text="the author's own, once there is a text; until then the one given"
                    ),
                ),
                ("slug", models.SlugField(blank=True, max_length=80)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("requested", "Requested"),
                            ("generating", "Being written"),
                            ("generation_failed", "Not written"),
                            ("drafted", "Drafted"),
                            ("in_review", "In review"),
                            ("on_hold", "Paused"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("retracted", "Retracted"),
                        ],
                        default="requested",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="what the commissioner added to the standing prompt"
                    ),
                ),
                ("max_tokens", models.PositiveIntegerField()),
                ("temperature", models.FloatField(null=True)),
                ("asked_again", models.PositiveIntegerField(default=0)),
                ("requested_at", models.DateTimeField()),
                (
                    "call",
                    models.OneToOneField(
                        help_text="the last one queued",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="modelcalls.call",
                    ),
                ),
                (
                    "commissioned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "ordering": ("series", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(help_text="the try")),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("completed", "Completed"),
                            ("truncated", "Cut off at the token limit"),
                            ("refused", "The model refused"),
                            ("mismatched", "Another model answered"),
                            ("failed", "No answer"),
                            ("empty", "An answer without words"),
                        ]
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("text_digest", models.TextField(help_text="SHA-256 of the text, LF line ends")),
                ("recorded_at", models.DateTimeField()),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="modelcalls.attempt"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="modelcalls.call"
                    ),
                ),
                (
                    "essay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="essays.essay"
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalDraft",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("number", models.PositiveIntegerField(help_text="the try")),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("completed", "Completed"),
                            ("truncated", "Cut off at the token limit"),
                            ("refused", "The model refused"),
                            ("mismatched", "Another model answered"),
                            ("failed", "No answer"),
                            ("empty", "An answer without words"),
                        ]
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("text_digest", models.TextField(help_text="SHA-256 of the text, LF line ends")),
                ("recorded_at", models.DateTimeField()),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="modelcalls.attempt",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="modelcalls.call",
                    ),
                ),
                (
                    "essay",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.essay",
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
            ],
            options={
                "verbose_name": "historical draft",
                "verbose_name_plural": "historical drafts",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeries",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("title", models.TextField()),
                ("slug", models.SlugField(db_index=False, max_length=80)),
                ("about", models.TextField(blank=True)),
                (
                    "cadence",
                    models.TextField(
                        choices=[
                            ("weekly", "Every week"),
                            ("fortnightly", "Every two weeks"),
                            ("monthly", "Every month"),
                        ],
                        default="weekly",
                    ),
                ),
                ("promised_issues", models.PositiveIntegerField(default=13)),
                ("founded_at", models.DateTimeField()),
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
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="lifecycle.commitment",
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
                    "founded_by",
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
                "verbose_name": "historical column",
                "verbose_name_plural": "historical columns",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("edits", models.JSONField(default=list)),
                ("essay_digest", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="essays.draft",
                    ),
                ),
                (
                    "essay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="essays.essay",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("essay_digest", models.TextField(help_text="what the editor read; equal to the revision's")),
                ("checklist_version", models.PositiveIntegerField()),
                ("answers", models.JSONField()),
                (
                    "recommendation",
                    models.TextField(
                        choices=[("publish", "Recommend publication"), ("decline", "Recommend declining")]
                    ),
                ),
                (
                    "reason_code",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("privacy", "Privacy: a private person can be recognised"),
                            ("safety", "Safety: it could do harm"),
                            ("legal", "Legal: it would be unlawful to publish"),
                            ("factual_harm", "Factual harm: a false claim that would injure someone"),
                            ("promotion", "Promotion: it advertises our products"),
                        ],
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                ("submitted_at", models.DateTimeField()),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="essays.revision",
                    ),
                ),
            ],
            options={
                "ordering": ("submitted_at",),
            },
        ),
        migrations.CreateModel(
            name="PauseDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "capacity",
                    models.TextField(choices=[("editor", "as editor"), ("board_member", "as board member")]),
                ),
                (
                    "decision",
                    models.TextField(choices=[("release", "Let it stand"), ("decline", "Decline it")]),
                ),
                (
                    "reason_code",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("privacy", "Privacy: a private person can be recognised"),
                            ("safety", "Safety: it could do harm"),
                            ("legal", "Legal: it would be unlawful to publish"),
                            ("factual_harm", "Factual harm: a false claim that would injure someone"),
                            ("promotion", "Promotion: it advertises our products"),
                        ],
                    ),
                ),
                ("rationale", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pause_decisions",
                        to="essays.revision",
                    ),
                ),
            ],
            options={
                "ordering": ("decided_at",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalReview",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("essay_digest", models.TextField(help_text="what the editor read; equal to the revision's")),
                ("checklist_version", models.PositiveIntegerField()),
                ("answers", models.JSONField()),
                (
                    "recommendation",
                    models.TextField(
                        choices=[("publish", "Recommend publication"), ("decline", "Recommend declining")]
                    ),
                ),
                (
                    "reason_code",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("privacy", "Privacy: a private person can be recognised"),
                            ("safety", "Safety: it could do harm"),
                            ("legal", "Legal: it would be unlawful to publish"),
                            ("factual_harm", "Factual harm: a false claim that would injure someone"),
                            ("promotion", "Promotion: it advertises our products"),
                        ],
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                ("submitted_at", models.DateTimeField()),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "editor",
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
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical review",
                "verbose_name_plural": "historical reviews",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPauseDecision",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "capacity",
                    models.TextField(choices=[("editor", "as editor"), ("board_member", "as board member")]),
                ),
                (
                    "decision",
                    models.TextField(choices=[("release", "Let it stand"), ("decline", "Decline it")]),
                ),
                (
                    "reason_code",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("privacy", "Privacy: a private person can be recognised"),
                            ("safety", "Safety: it could do harm"),
                            ("legal", "Legal: it would be unlawful to publish"),
                            ("factual_harm", "Factual harm: a false claim that would injure someone"),
                            ("promotion", "Promotion: it advertises our products"),
                        ],
                    ),
                ),
                ("rationale", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
                    "person",
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
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical pause decision",
                "verbose_name_plural": "historical pause decisions",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.TextField()),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("about", models.TextField(blank=True)),
                (
                    "cadence",
                    models.TextField(
                        choices=[
                            ("weekly", "Every week"),
                            ("fortnightly", "Every two weeks"),
                            ("monthly", "Every month"),
                        ],
                        default="weekly",
                    ),
                ),
                ("promised_issues", models.PositiveIntegerField(default=13)),
                ("founded_at", models.DateTimeField()),
                (
                    "ai_model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series",
                        to="lifecycle.aimodel",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series",
                        to="lifecycle.commitment",
                    ),
                ),
                (
                    "founded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "column",
                "verbose_name_plural": "columns",
                "ordering": ("title",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalWording",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("prompt", "Standing prompt"),
                            ("disclaimer", "Disclaimer"),
                            ("edit_policy", "Editing rules"),
                        ]
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("adopted_at", models.DateTimeField()),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "adopted_by",
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
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical wording",
                "verbose_name_plural": "historical wordings",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="essay",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="essays", to="essays.series"
            ),
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("prompt", "Standing prompt"),
                            ("disclaimer", "Disclaimer"),
                            ("edit_policy", "Editing rules"),
                        ]
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("adopted_at", models.DateTimeField()),
                (
                    "adopted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="essays.series",
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "-number"),
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="disclaimer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="essays.wording"
            ),
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("essay_digest", models.TextField()),
                ("published_at", models.DateTimeField()),
                (
                    "essay",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="essays.essay",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="essays.revision"
                    ),
                ),
                (
                    "disclaimer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="essays.wording"
                    ),
                ),
            ],
            options={
                "ordering": ("-published_at",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalRevision",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("number", models.PositiveIntegerField()),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("edits", models.JSONField(default=list)),
                ("essay_digest", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.draft",
                    ),
                ),
                (
                    "essay",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.essay",
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
                    "disclaimer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.wording",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical revision",
                "verbose_name_plural": "historical revisions",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPublication",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("essay_digest", models.TextField()),
                ("published_at", models.DateTimeField()),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "essay",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.essay",
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
                    "published_by",
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
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.revision",
                    ),
                ),
                (
                    "disclaimer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.wording",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical publication",
                "verbose_name_plural": "historical publications",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEssay",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("number", models.PositiveIntegerField(help_text="the issue")),
                (
                    "title",
                    models.TextField(
                        help_text="the author's own, once there is a text; until then the one given"
                    ),
                ),
                ("slug", models.SlugField(blank=True, db_index=False, max_length=80)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("requested", "Requested"),
                            ("generating", "Being written"),
                            ("generation_failed", "Not written"),
                            ("drafted", "Drafted"),
                            ("in_review", "In review"),
                            ("on_hold", "Paused"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("retracted", "Retracted"),
                        ],
                        default="requested",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="what the commissioner added to the standing prompt"
                    ),
                ),
                ("max_tokens", models.PositiveIntegerField()),
                ("temperature", models.FloatField(null=True)),
                ("asked_again", models.PositiveIntegerField(default=0)),
                ("requested_at", models.DateTimeField()),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="the last one queued",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="modelcalls.call",
                    ),
                ),
                (
                    "commissioned_by",
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
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.series",
                    ),
                ),
                (
                    "prompt",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="essays.wording",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical essay",
                "verbose_name_plural": "historical essays",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="essay",
            name="prompt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="essays.wording"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("essay", "number"), name="one_draft_a_try"),
        ),
        migrations.AddIndex(
            model_name="historicaldraft",
            index=models.Index(fields=["id", "-history_id"], name="essays_hist_id_c382f8_idx"),
        ),
        migrations.AddIndex(
            model_name="historicalseries",
            index=models.Index(fields=["id", "-history_id"], name="essays_hist_id_413e13_idx"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("revision", "editor"), name="one_review_an_editor"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recommendation", "publish"),
                    models.Q(
                        models.Q(("reason_code", ""), _negated=True), models.Q(("comment", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="declining_needs_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="pausedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", "release"), models.Q(("reason_code", ""), _negated=True), _connector="OR"
                ),
                name="a_veto_has_a_reason_code",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalreview",
            index=models.Index(fields=["id", "-history_id"], name="essays_hist_id_2bc453_idx"),
        ),
        migrations.AddIndex(
            model_name="historicalpausedecision",
            index=models.Index(fields=["id", "-history_id"], name="essays_hist_id_0dcaeb_idx"),
        ),
        migrations.AddIndex(
            model_name="historicalwording",
            index=models.Index(fields=["id", "-history_id"], name="essays_hist_id_6f5eb5_idx"),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(
                fields=("series", "kind", "number"), name="wording_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("essay", "number"), name="revision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("essay_digest__regex", "^[0-9a-f]{64}$")),
                name="revision_digest_is_sha256",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalrevision",
            index=models.Index(fields=["id", "-history_id"], name="essays_hist_id_8ae7ab_idx"),
        ),
        migrations.AddIndex(
            model_name="historicalpublication",
            index=models.Index(fields=["id", "-history_id"], name="essays_hist_id_64b2e2_idx"),
        ),
        migrations.AddIndex(
            model_name="historicalessay",
            index=models.Index(fields=["id", "-history_id"], name="essays_hist_id_f71ed6_idx"),
        ),
        migrations.AddConstraint(
            model_name="essay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["declined", "withdrawn"]), _negated=True),
                fields=("series", "number"),
                name="one_essay_an_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="essay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("slug", ""), _negated=True),
                fields=("series", "slug"),
                name="one_essay_a_slug",
            ),
        ),
        migrations.AddConstraint(
            model_name="essay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "requested",
                            "generating",
                            "generation_failed",
                            "drafted",
                            "in_review",
                            "on_hold",
                            "approved",
                            "scheduled",
                            "published",
                            "declined",
                            "withdrawn",
                            "retracted",
                        ],
                    )
                ),
                name="essay_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="essay",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="essay_number_from_one"
            ),
        ),
    ]
