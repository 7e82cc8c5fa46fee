"""Control tests with their frozen populations and samples; findings and what was said to them."""

import uuid

import django.db.models.deletion
import simple_history.models
from django.db import migrations, models

import audit.history


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0006_visits"),
        ("audit", "0007_redaction_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ControlTest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.BigIntegerField(unique=True)),
                (
                    "title",
                    models.CharField(
                        help_text="the rule as a sentence that is true when it was kept", max_length=200
                    ),
                ),
                ("criterion", models.TextField(help_text="what a record must show to pass")),
                (
                    "population",
                    models.SlugField(db_index=False, help_text="key of audit.registry.populations"),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="the last day")),
                ("wanted", models.PositiveIntegerField(help_text="records to judge; 0 is all of them")),
                (
                    "seed_source",
                    models.TextField(
                        choices=[
                            ("checkpoint", "The root of the first checkpoint that seals the freezing"),
                            ("entered", "A seed of my own, entered now"),
                        ]
                    ),
                ),
                ("seed", models.SlugField(blank=True, db_index=False, max_length=100)),
                (
                    "checkpoint_size",
                    models.BigIntegerField(help_text="of the checkpoint whose root is the seed", null=True),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("defined", "Defined"),
                            ("frozen", "Population frozen"),
                            ("drawn", "Being judged"),
                            ("concluded", "Concluded"),
                            ("dropped", "Dropped"),
                        ],
                        default="defined",
                    ),
                ),
                (
                    "conclusion",
                    models.TextField(blank=True, help_text="what the test showed, or why it was dropped"),
                ),
                ("defined_by_name", models.TextField()),
                ("defined_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField(null=True)),
                (
                    "frozen_in",
                    models.BigIntegerField(
                        help_text="number of the entry that froze the population", null=True
                    ),
                ),
                ("drawn_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "defined_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.BigIntegerField(unique=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "detail",
                    models.TextField(help_text="what was found, against which rule, and what shows it"),
                ),
                (
                    "severity",
                    models.TextField(
                        choices=[("minor", "Minor"), ("moderate", "Moderate"), ("serious", "Serious")]
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "Waits for an answer"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                    ),
                ),
                ("raised_by_name", models.TextField()),
                ("raised_at", models.DateTimeField()),
                ("answer_by", models.DateField(help_text="until when it is to be answered")),
                ("due_on", models.DateField(help_text="when it is to be done", null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        help_text="who does what was promised",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "test",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="controls.controltest",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="FindingNote",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(help_text="from 1, in the finding")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("answer", "answered"),
                            ("sent_back", "sent it back"),
                            ("closing", "closed it"),
                        ]
                    ),
                ),
                ("text", models.TextField()),
                ("owner_name", models.TextField(blank=True, help_text="of an answer: who does it")),
                ("due_on", models.DateField(help_text="of an answer: when it is to be done", null=True)),
                ("written_by_name", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="controls.finding",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "note on a finding",
                "ordering": ("finding", "number"),
            },
        ),
        migrations.CreateModel(
            name="FrozenPopulation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "members",
                    models.JSONField(help_text="pairs of a record's id and what it was called, by id"),
                ),
                ("count", models.PositiveIntegerField()),
                ("digest", models.TextField(help_text="controls.sampling.population_digest of the ids")),
                (
                    "test",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen",
                        to="controls.controltest",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalControlTest",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("number", models.BigIntegerField()),
                (
                    "title",
                    models.CharField(
                        help_text="the rule as a sentence that is true when it was kept", max_length=200
                    ),
                ),
                ("criterion", models.TextField(help_text="what a record must show to pass")),
                (
                    "population",
                    models.SlugField(db_index=False, help_text="key of audit.registry.populations"),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="the last day")),
                ("wanted", models.PositiveIntegerField(help_text="records to judge; 0 is all of them")),
                (
                    "seed_source",
                    models.TextField(
                        choices=[
                            ("checkpoint", "The root of the first checkpoint that seals the freezing"),
                            ("entered", "A seed of my own, entered now"),
                        ]
                    ),
                ),
                ("seed", models.SlugField(blank=True, db_index=False, max_length=100)),
                (
                    "checkpoint_size",
                    models.BigIntegerField(help_text="of the checkpoint whose root is the seed", null=True),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("defined", "Defined"),
                            ("frozen", "Population frozen"),
                            ("drawn", "Being judged"),
                            ("concluded", "Concluded"),
                            ("dropped", "Dropped"),
                        ],
                        default="defined",
                    ),
                ),
                (
                    "conclusion",
                    models.TextField(blank=True, help_text="what the test showed, or why it was dropped"),
                ),
                ("defined_by_name", models.TextField()),
                ("defined_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField(null=True)),
                (
                    "frozen_in",
                    models.BigIntegerField(
                        help_text="number of the entry that froze the population", null=True
                    ),
                ),
                ("drawn_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "defined_by",
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
            ],
            options={
                "verbose_name": "historical control test",
                "verbose_name_plural": "historical control tests",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFindingNote",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("number", models.PositiveIntegerField(help_text="from 1, in the finding")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("answer", "answered"),
                            ("sent_back", "sent it back"),
                            ("closing", "closed it"),
                        ]
                    ),
                ),
                ("text", models.TextField()),
                ("owner_name", models.TextField(blank=True, help_text="of an answer: who does it")),
                ("due_on", models.DateField(help_text="of an answer: when it is to be done", null=True)),
                ("written_by_name", models.TextField()),
                ("written_at", models.DateTimeField()),
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
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="controls.finding",
                    ),
                ),
                (
                    "written_by",
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
                "verbose_name": "historical note on a finding",
                "verbose_name_plural": "historical note on a findings",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFrozenPopulation",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "members",
                    models.JSONField(help_text="pairs of a record's id and what it was called, by id"),
                ),
                ("count", models.PositiveIntegerField()),
                ("digest", models.TextField(help_text="controls.sampling.population_digest of the ids")),
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
                    "test",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="controls.controltest",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical frozen population",
                "verbose_name_plural": "historical frozen populations",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSampleItem",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("rank", models.PositiveIntegerField(help_text="its place in the order of drawing, from 1")),
                ("record_id", models.UUIDField()),
                (
                    "record_label",
                    models.TextField(help_text="what the record was called when the population was frozen"),
                ),
                (
                    "result",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("pass", "Pass"),
                            ("exception", "Exception"),
                            ("not_applicable", "Not applicable"),
                        ],
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("judged_by_name", models.TextField(blank=True)),
                ("judged_at", models.DateTimeField(null=True)),
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
                    "judged_by",
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
                    "test",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="controls.controltest",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical sampled record",
                "verbose_name_plural": "historical sampled records",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SampleItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("rank", models.PositiveIntegerField(help_text="its place in the order of drawing, from 1")),
                ("record_id", models.UUIDField()),
                (
                    "record_label",
                    models.TextField(help_text="what the record was called when the population was frozen"),
                ),
                (
                    "result",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("pass", "Pass"),
                            ("exception", "Exception"),
                            ("not_applicable", "Not applicable"),
                        ],
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("judged_by_name", models.TextField(blank=True)),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "test",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="controls.controltest",
                    ),
                ),
            ],
            options={
                "verbose_name": "sampled record",
                "ordering": ("test", "rank"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalFinding",
            fields=[
                ("actor_name", models.TextField(default=audit.history.current_actor_name, editable=False)),
                ("xid", models.BigIntegerField(editable=False, null=True)),
                ("salt", models.UUIDField(editable=False, null=True)),
                ("version_digest", models.BinaryField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("history_user_id", models.UUIDField(editable=False, null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("number", models.BigIntegerField()),
                ("title", models.CharField(max_length=200)),
                (
                    "detail",
                    models.TextField(help_text="what was found, against which rule, and what shows it"),
                ),
                (
                    "severity",
                    models.TextField(
                        choices=[("minor", "Minor"), ("moderate", "Moderate"), ("serious", "Serious")]
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "Waits for an answer"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                    ),
                ),
                ("raised_by_name", models.TextField()),
                ("raised_at", models.DateTimeField()),
                ("answer_by", models.DateField(help_text="until when it is to be answered")),
                ("due_on", models.DateField(help_text="when it is to be done", null=True)),
                ("closed_at", models.DateTimeField(null=True)),
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="who does what was promised",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "raised_by",
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
                    "test",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="controls.controltest",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="controls.sampleitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical finding",
                "verbose_name_plural": "historical findings",
                "ordering": ("-history_id",),
                "get_latest_by": "history_id",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="finding",
            name="item",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="finding",
                to="controls.sampleitem",
            ),
        ),
        migrations.AddConstraint(
            model_name="controltest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["defined", "frozen", "drawn", "concluded", "dropped"])),
                name="control_test_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="controltest",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__lte", models.F("until"))), name="control_test_period_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="controltest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("defined", "dropped")),
                    models.Q(("frozen_at__isnull", False), ("frozen_in__isnull", False)),
                    _connector="OR",
                ),
                name="control_test_frozen_before_drawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="controltest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("drawn", "concluded")), _negated=True),
                    models.Q(models.Q(("seed", ""), _negated=True), ("drawn_at__isnull", False)),
                    _connector="OR",
                ),
                name="control_test_drawn_with_a_seed",
            ),
        ),
        migrations.AddConstraint(
            model_name="controltest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("concluded", "dropped")), _negated=True),
                    models.Q(models.Q(("conclusion", ""), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="control_test_ends_with_a_word",
            ),
        ),
        migrations.AddConstraint(
            model_name="findingnote",
            constraint=models.UniqueConstraint(fields=("finding", "number"), name="finding_note_number_once"),
        ),
        migrations.AddConstraint(
            model_name="findingnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="finding_note_says_something"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalcontroltest",
            index=models.Index(fields=["id", "-history_id"], name="controls_hi_id_23e900_idx"),
        ),
        migrations.AddIndex(
            model_name="historicalfindingnote",
            index=models.Index(fields=["id", "-history_id"], name="controls_hi_id_60dda8_idx"),
        ),
        migrations.AddIndex(
            model_name="historicalfrozenpopulation",
            index=models.Index(fields=["id", "-history_id"], name="controls_hi_id_cd7b1a_idx"),
        ),
        migrations.AddIndex(
            model_name="historicalsampleitem",
            index=models.Index(fields=["id", "-history_id"], name="controls_hi_id_f783f3_idx"),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.UniqueConstraint(fields=("test", "rank"), name="sample_item_one_per_rank"),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.UniqueConstraint(
                fields=("test", "record_id"), name="sample_item_once_per_test"
            ),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_at", None), ("judged_by", None), ("result", "")),
                    models.Q(
                        ("result__in", ["pass", "exception", "not_applicable"]),
                        ("judged_at__isnull", False),
                        ("judged_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sample_item_judged_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result__in", ("", "pass")), models.Q(("note", ""), _negated=True), _connector="OR"
                ),
                name="sample_item_says_why_not",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalfinding",
            index=models.Index(fields=["id", "-history_id"], name="controls_hi_id_14a960_idx"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["state", "due_on"], name="finding_by_state"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "closed"])),
                name="finding_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["minor", "moderate", "serious"])),
                name="finding_severity_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(("due_on__isnull", False), ("owner__isnull", False)),
                    _connector="OR",
                ),
                name="finding_answered_with_owner_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None)),
                    _connector="OR",
                ),
                name="finding_closed_when_it_says_so",
            ),
        ),
    ]
