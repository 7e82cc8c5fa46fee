"""Comparing a copy with what is known: every row ends once, twice changes nothing, only three cells compare."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lifecycle.deprecations import read
from lifecycle.reconcile import Cell, Known, Outcome, reconcile


def row(model_id="m", **changes):
    return {
        "provider": "OpenAI",
        "model_id": model_id,
        "announcement_date": "2026-05-13",
        "shutdown_date": "2026-08-10",
        "deprecation_date": "2026-05-08",
        "replacement_models": ["n"],
        **changes,
    }


def copy_of(*rows):
    return read(json.dumps(rows).encode())


def known_after(copy):
    return {
        each.identity: Known(copy.schema, each.announced, each.shutdown, each.replacements, each.digest)
        for each in copy.rows
    }


def edits_between(before, after):
    (step,) = reconcile(known_after(copy_of(before)), copy_of(after)).steps
    return step


def test_a_changed_shutdown_date_is_one_edit():
    step = edits_between(row(), row(shutdown_date="2026-09-10"))
    (edit,) = step.edits
    assert (edit.cell, edit.before, edit.after) == (Cell.SHUTDOWN, "2026-08-10", "2026-09-10")
    assert step.outcome == Outcome.CHANGED


def test_each_changed_cell_is_an_edit_of_its_own():
    step = edits_between(
        row(), row(shutdown_date="", deprecation_date="2026-05-09", replacement_models=["n", "o"])
    )
    assert [(edit.cell, edit.before, edit.after) for edit in step.edits] == [
        (Cell.SHUTDOWN, "2026-08-10", None),
        (Cell.ANNOUNCED, "2026-05-08", "2026-05-09"),
        (Cell.REPLACEMENT, "n", "n | o"),
    ]


def test_when_it_was_scraped_and_prose_are_kept_but_never_compared():
    step = edits_between(row(scraped_at="2026-05-13"), row(scraped_at="2026-05-14", content_hash="x", url=""))
    assert (step.outcome, step.edits, step.rewrite) == (Outcome.UNCHANGED, (), True)


def test_announced_dates_are_not_compared_across_schemas():
    before = {key: value for key, value in row().items() if key != "deprecation_date"}
    assert edits_between(before, row()).outcome == Outcome.UNCHANGED


def test_a_schema_without_replacements_says_nothing_about_them():
    before = {
        "provider": "OpenAI",
        "title": "OpenAI: m",
        "announcement_date": "2026-05-13",
        "shutdown_date": "2026-08-10",
    }
    assert edits_between(before, row()).edits == ()


def test_a_row_that_vanished_is_withdrawn_once():
    known = known_after(copy_of(row("a"), row("b")))
    plan = reconcile(known, copy_of(row("a")))
    assert plan.withdrawn == (("OpenAI", "b"),)
    gone = {**known, ("OpenAI", "b"): Known("2026-05", None, None, None, "", withdrawn=True)}
    assert reconcile(gone, copy_of(row("a"))).withdrawn == ()


def test_a_row_that_became_unreadable_is_not_withdrawn():
    known = known_after(copy_of(row("a"), row("b")))
    plan = reconcile(known, copy_of(row("a"), row("b", shutdown_date="soon")))
    assert (plan.counts["rejected"], plan.counts["withdrawn"]) == (1, 0)


def test_a_withdrawn_row_that_is_back_has_changed():
    copy = copy_of(row())
    known = {
        ("OpenAI", "m"): Known("2026-05", date(2026, 5, 8), date(2026, 8, 10), ("n",), "", withdrawn=True)
    }
    (step,) = reconcile(known, copy).steps
    assert (step.outcome, step.edits) == (Outcome.CHANGED, ())


rows = st.lists(
    st.builds(
        row,
        model_id=st.sampled_from("abcde"),
        shutdown_date=st.sampled_from(["", "2026-08-10", "2026-09-10", "soon"]),
        deprecation_date=st.sampled_from(["", "2026-05-08", "2026-12-01"]),
        replacement_models=st.sampled_from([None, ["n"], ["n", "o"], "n"]),
    ),
    min_size=1,
    max_size=8,
)


@given(rows, rows)
def test_every_row_ends_as_exactly_one_of_four(before, after):
    counts = reconcile(known_after(copy_of(*before)), copy_of(*after)).counts
    ended = counts["created"] + counts["changed"] + counts["unchanged"] + counts["rejected"]
    assert ended == counts["rows"] == len(after)


@given(rows)
def test_the_same_copy_again_changes_nothing(entries):
    copy = copy_of(*entries)
    plan = reconcile(known_after(copy), copy)
    assert plan.changes_nothing
    assert plan.counts["unchanged"] == len(copy.rows)
    assert plan.counts["silent_edits"] == 0
