"""Pages that show text of control tests and findings that can be redacted."""

from django.urls import reverse

from tests.audit.redactable import Made, Shown
from tests.cast import Cast
from tests.factories import controls


def _finding(cast: Cast) -> Made:
    row = controls.answered(cast)
    return row, reverse("controls:finding", args=[row.pk])


def _note(cast: Cast) -> Made:
    row = controls.answered(cast)
    return row.notes.get(), reverse("controls:finding", args=[row.pk])


def _judgement(cast: Cast) -> Made:
    row = controls.exception(cast)
    return row, reverse("controls:test", args=[row.test_id])


def _concluded(cast: Cast) -> Made:
    row = controls.concluded(cast)
    return row, reverse("controls:test", args=[row.pk])


SHOWN = {
    "a control test": Shown(
        "controls.ControlTest", _concluded, ("title", "criterion", "conclusion", "defined_by_name"), "auditor"
    ),
    "a finding": Shown("controls.Finding", _finding, ("title", "detail", "raised_by_name"), "auditor"),
    "what was said to a finding": Shown(
        "controls.FindingNote", _note, ("text", "owner_name", "written_by_name"), "steward"
    ),
    "a judgement": Shown(
        "controls.SampleItem", _judgement, ("note", "record_label", "judged_by_name"), "auditor"
    ),
}
