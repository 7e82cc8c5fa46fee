"""Importing real copies: 331 notices, silent edits between two of them, malformed rows, the order of copies."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from core.errors import IllegalMove, NotAllowed, Unacceptable
from core.policies import Process
from lifecycle.commands.notices import import_deprecations
from lifecycle.models import AIModel, Deployment, Fact, ImportRun, Notice, NoticeVersion, RejectedRow
from lifecycle.queries.notices import preview
from lifecycle.stages import Kind
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db

MARCH = datetime(2026, 3, 12, tzinfo=UTC)
MAY = datetime(2026, 5, 22, tzinfo=UTC)
IMPORT = Process("Import of notices")


def row(model_id="m", **changes):
    return {
        "provider": "OpenAI",
        "model_id": model_id,
        "announcement_date": "2026-05-13",
        "shutdown_date": "2026-08-10",
        "deprecation_date": "2026-05-08",
        "replacement_models": ["n"],
        "url": "https://example.org/#m",
        **changes,
    }


def take_in(*rows, **given):
    return import_deprecations(actor=IMPORT, data=json.dumps(rows).encode(), **given)


def test_all_331_real_notices_are_taken_in_with_their_raw_rows_and_facts():
    summary = make.import_copy("2026-05-22", known_at=MAY)
    assert summary.as_json() == {
        "rows": 331,
        "created": 331,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
        "flagged": 202,
        "withdrawn": 0,
        "silent_edits": 0,
        "schema": "2026-05",
    }
    assert (Notice.objects.count(), NoticeVersion.objects.count(), Deployment.objects.count()) == (
        331,
        331,
        331,
    )
    assert AIModel.objects.count() == 331 - 13, "13 models that Azure offers are OpenAI's own"
    opus = Notice.objects.get(model_id="claude-3-opus-20240229")
    assert (opus.announced, opus.shutdown) == (date(2025, 6, 30), date(2026, 1, 5))
    assert json.loads(opus.versions.get().raw)["shutdown_date"] == "2026-01-05"
    assert set(Fact.objects.filter(deployment=opus.deployment).values_list("known_from", flat=True)) == {MAY}


def test_importing_the_real_copy_twice_changes_nothing():
    make.import_copy("2026-05-22", known_at=MAY)
    before = (
        Event.objects.count(),
        NoticeVersion.objects.count(),
        Fact.objects.count(),
        ImportRun.objects.count(),
    )
    again = make.import_copy("2026-05-22", known_at=MAY)
    assert (again.counts["unchanged"], again.counts["flagged"], again.run) == (331, 202, None)
    after = (
        Event.objects.count(),
        NoticeVersion.objects.count(),
        Fact.objects.count(),
        ImportRun.objects.count(),
    )
    assert after == before


def test_between_march_and_may_79_cells_changed_without_notice_and_99_rows_vanished():
    make.import_copy("2026-03-12", known_at=MARCH)
    summary = make.import_copy("2026-05-22", known_at=MAY)
    assert summary.counts == {
        "rows": 331,
        "created": 261,
        "changed": 55,
        "unchanged": 15,
        "rejected": 0,
        "flagged": 202,
        "withdrawn": 99,
        "silent_edits": 79,
    }
    edits = Event.objects.filter(verb="lifecycle.notice.edited_silently")
    cells = list(edits.values_list("data__cell", flat=True))
    assert (cells.count("shutdown"), cells.count("replacement"), cells.count("announced")) == (35, 44, 0)
    assert Notice.objects.exclude(withdrawn_at=None).count() == 99
    assert Event.objects.filter(verb="lifecycle.notice.withdrawn").count() == 99


def test_the_changed_replacement_of_claude_2_1_leaves_both_values():
    make.import_copy("2026-03-12", known_at=MARCH)
    make.import_copy("2026-05-22", known_at=MAY)
    notice = Notice.objects.get(model_id="claude-2.1")
    facts = Fact.objects.filter(deployment=notice.deployment, kind=Kind.REPLACEMENT)
    assert list(facts.values_list("value", "known_from")) == [
        ("claude-opus-4-6", MARCH),
        ("claude-opus-4-7", MAY),
    ]
    edit = Event.objects.get(verb="lifecycle.notice.edited_silently", target_id=str(notice.pk))
    assert (edit.data["before"], edit.data["after"]) == ("claude-opus-4-6", "claude-opus-4-7")
    assert edit.caused_by.verb == "lifecycle.notices.imported"


def test_all_three_real_copies_are_taken_in_one_after_the_other():
    first = make.import_copy("2025-08-25", known_at=datetime(2025, 8, 25, tzinfo=UTC))
    assert (first.schema, first.counts["created"], first.counts["rejected"]) == ("2025-08", 48, 10)
    for day, known_at in (("2026-03-12", MARCH), ("2026-05-22", MAY)):
        counts = make.import_copy(day, known_at=known_at).counts
        assert (
            counts["created"] + counts["changed"] + counts["unchanged"] + counts["rejected"] == counts["rows"]
        )


def test_malformed_rows_are_kept_with_their_reasons_and_the_rest_is_taken_in():
    nul = row("nul\x00")
    summary = take_in(row("good"), "text", nul, row("late", shutdown_date="soon"), row("good"), None)
    assert (summary.counts["created"], summary.counts["rejected"]) == (1, 5)
    kept = RejectedRow.objects.order_by("position")
    assert [each.position for each in kept] == [1, 2, 3, 4, 5]
    assert kept[2].reason == "shutdown_date cannot be read as a date: “soon”."
    assert json.loads(kept[1].raw) == nul


def test_the_same_malformed_rows_again_write_nothing():
    rows = (row("good"), "text", row("late", shutdown_date="soon"))
    take_in(*rows)
    again = take_in(*rows)
    assert (again.counts["rejected"], again.run, RejectedRow.objects.count()) == (2, None, 2)


def test_a_row_that_differs_only_in_what_is_not_compared_is_kept_and_unchanged():
    take_in(row(scraped_at="2026-05-13"))
    summary = take_in(row(scraped_at="2026-05-14"))
    assert (summary.counts["unchanged"], summary.counts["silent_edits"]) == (1, 0)
    assert NoticeVersion.objects.count() == 2
    assert not Event.objects.filter(verb="lifecycle.notice.edited_silently").exists()


def test_a_row_that_is_back_is_no_longer_withdrawn():
    take_in(row("a"), row("b"))
    assert take_in(row("a")).counts["withdrawn"] == 1
    assert take_in(row("a"), row("b")).counts["changed"] == 1
    assert not Notice.objects.exclude(withdrawn_at=None).exists()


def test_a_date_that_was_taken_back_is_a_fact_too():
    take_in(row())
    take_in(row(shutdown_date=""))
    facts = Fact.objects.filter(kind=Kind.RETIRES_ON).order_by("number")
    assert list(facts.values_list("effective", flat=True)) == [date(2026, 8, 10), None]


def test_a_resellers_row_about_a_makers_model_is_a_deployment_of_it():
    take_in(row("m", provider="Azure", shutdown_date="2027-01-01"), row("m"))
    ai_model = AIModel.objects.get()
    assert ai_model.provider == "OpenAI"
    assert set(ai_model.deployments.values_list("platform", flat=True)) == {"Azure", "OpenAI"}


def test_models_whose_names_make_the_same_address_get_addresses_of_their_own():
    take_in(row("m.1"), row("m-1"), row("m 1"))
    assert AIModel.objects.values("slug").distinct().count() == 3


def test_a_copy_older_than_the_newest_is_refused_and_nothing_is_written():
    take_in(row(), known_at=MAY)
    with pytest.raises(IllegalMove, match="22 May 2026"):
        take_in(row(shutdown_date="2030-01-01"), known_at=MARCH)
    assert Notice.objects.get().shutdown == date(2026, 8, 10)


def test_a_copy_from_the_future_is_refused():
    with pytest.raises(Unacceptable, match="later time than now"):
        take_in(row(), known_at=datetime(2126, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("data", [b"<html>", b"{}", b"[]"])
def test_what_is_no_list_of_rows_is_refused_as_a_whole(data):
    with pytest.raises(Unacceptable):
        import_deprecations(actor=IMPORT, data=data)
    assert not ImportRun.objects.exists()


def test_only_a_steward_or_the_command_line_imports(cast):
    with pytest.raises(NotAllowed):
        import_deprecations(actor=cast.editor, data=json.dumps([row()]).encode())


def test_a_dry_run_says_what_the_import_then_does_and_writes_nothing():
    data = (make.COPIES / "deprecations-2026-05-22.facts.json").read_bytes()
    before = Event.objects.count()
    said = preview(data, "deprecations.info", MAY)
    assert (Event.objects.count(), Notice.objects.count()) == (before, 0)
    assert said.as_json() == make.import_copy("2026-05-22", known_at=MAY).as_json()


def run(*arguments):
    out = StringIO()
    call_command("import_deprecations", *arguments, stdout=out)
    return out.getvalue()


def test_the_management_command_prints_its_counts_as_json_and_marks_the_origin(tmp_path):
    file = tmp_path / "copy.json"
    file.write_text(json.dumps([row(), row("b", replacement_models=None)]))
    said = json.loads(run(str(file), "--known-at", "2026-05-22", "--json"))
    assert list(said) == [
        "rows", "created", "changed", "unchanged", "rejected", "flagged", "withdrawn", "silent_edits", "schema",
    ]  # fmt: skip
    assert (said["rows"], said["created"], said["flagged"]) == (2, 2, 1)
    event = Event.objects.get(verb="lifecycle.notices.imported")
    assert (event.origin, event.reference) == ("import", str(file))
    assert ImportRun.objects.get().known_at == MAY


def test_the_management_command_in_words_and_dry(tmp_path):
    file = tmp_path / "copy.json"
    file.write_text(json.dumps([row()]))
    assert run(str(file), "--dry-run").startswith("1 rows (schema 2026-05): 1 would be created")
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("/nowhere/copy.json", "cannot be read"),
        ("ftp://example.org/copy.json", "Addresses of the kind ftp:// are not read"),
        ("file:///etc/hostname", "Addresses of the kind file:// are not read"),
        ("http://127.0.0.1:9/copy.json", "could not be reached"),
    ],
)
def test_a_source_that_cannot_be_had_is_one_sentence(source, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(source)


def test_an_instant_that_is_none_is_wrong_usage():
    with pytest.raises(CommandError, match="known-at"):
        run("copy.json", "--known-at", "yesterday")
