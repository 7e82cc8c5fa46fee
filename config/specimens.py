"""What the component page shows: every component in every state, with demonstration data. No records here."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import QueryDict

from core.dates import DayField, InstantField
from core.paging import Page

MEMBERS = ("Chair", "Vice-chair", *(f"Member {letter}" for letter in "ABCDEFG"))
VOTES = ("approve", None, "approve", "reject", None, "recused", "hold", "approve", "abstain")
CLOSES = datetime(2026, 11, 26, 17, tzinfo=UTC)


class SpecimenForm(forms.Form):
    """Every kind of field; it is never sent."""

    plain = forms.CharField(label="Plain", initial="Wren")
    hinted = DayField(
        label="With a hint",
        help_text="The day begins at 00:00 UTC.",
        initial=date(2027, 3, 5),
    )
    instant = InstantField(label="An instant (UTC)", initial=CLOSES)
    choice = forms.ChoiceField(label="A choice", choices=[("accept", "Accept"), ("adapt", "Adapt")])
    refused = forms.CharField(label="Refused")
    frozen = forms.CharField(
        label="Not now", initial="Frozen with the dossier", disabled=True, required=False
    )
    longer = forms.CharField(label="Longer", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    harmless = forms.BooleanField(label="Nothing that could do harm", required=False, initial=True)
    answer = forms.ChoiceField(
        label="Our answer",
        widget=forms.RadioSelect,
        choices=[("yes", "We will"), ("partly", "In part"), ("no", "We will not")],
        help_text="Its text is shown beside the wish.",
    )
    channels = forms.MultipleChoiceField(
        label="Where it is offered",
        widget=forms.CheckboxSelectMultiple,
        choices=[("api", "Interface"), ("room", "Reading room")],
    )


# Names as people and models have them: without a space, from right to left, with marks that combine, mixed.
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NAMES = (
    LONG,
    "عبد الرحمن بن محمد الفاسي",
    "נועה בן־דוד",
    "Ng\u0303o\u0302\u0301c Tu\u031b\u0300 Z\u0351\u036b\u0343\u036a\u0302a\u0314\u0300l\u0346\u0342g\u0330o",
    "Sir Alistair Montgomery Featherstonehaugh-Cholmondeley of the Upper Reading Room",
    "王小明",
    "O’Brien-Ångström",
)


def _electors() -> list[dict[str, Any]]:
    return [
        {"name": name, "position": vote, "you": name == "Member C", "recorded": CLOSES if vote else None}
        for name, vote in zip(MEMBERS, VOTES, strict=True)
    ]


def _crowd(size: int) -> list[dict[str, Any]]:
    votes = (
        "approve",
        "approve",
        "approve",
        "reject",
        None,
        "abstain",
        "approve",
        "hold",
        "recused",
        "approve",
    )
    return [
        {
            "name": NAMES[number] if number < len(NAMES) else f"Elector {number}",
            "position": votes[number * 7 % 10],
        }
        for number in range(1, size + 1)
    ]


def _life() -> list[dict[str, Any]]:
    note = {"known": date(2024, 3, 12), "source": "Release note 4"}
    decided = {"known": date(2026, 9, 18), "source": "Decision 2026-09", "source_url": "#decision"}
    return [
        {"day": date(2024, 3, 12), "label": "Released", "sign": "active", **note},
        {
            "day": date(2024, 3, 14),
            "label": "Released, as another page says",
            "sign": "active",
            "drawn": False,
            "known": date(2026, 2, 2),
            "source": "Annual report 2024, page 31. Neither has been withdrawn.",
        },
        {
            "day": date(2025, 11, 3),
            "label": "Legacy",
            "sign": "legacy",
            "known": date(2025, 11, 3),
            "source": "Release note 19",
        },
        {"day": date(2026, 3, 12), "label": "Not sooner than", "sign": "floor", "note": "a floor", **note},
        {"day": date(2026, 9, 18), "label": "Deprecated", "sign": "deprecated", **decided},
        {"day": date(2026, 12, 1), "label": "Closed to new users", "sign": "deprecated", **decided},
        {"day": date(2027, 1, 15), "label": "Retires", "sign": "retired", **decided},
        {"day": date(2027, 1, 15), "label": "Limited", "sign": "limited", **decided},
    ]


def context() -> dict[str, Any]:
    """All the inputs of the component page."""
    outcomes = (
        "completed",
        "refused",
        "truncated",
        "model_ended",
        "errored",
        "planned",
        "running",
        "skipped",
        "invalidated",
    )
    quote = "Keep the files. A reading you cannot repeat is only a rumour about a letter."
    return {
        "form": SpecimenForm(),
        "refused": SpecimenForm({"plain": "Wren", "hinted": "5 March"}),
        "stages": ("active", "legacy", "deprecated", "retired", "limited", "removed"),
        "votes": ("approve", "reject", "abstain", "hold", "silent", "recused", "departed"),
        "states": ("verified", "kept", "due", "broken", "failed", "open"),
        "requirements": ("met", "not_met", "waived", "does_not_apply"),
        "electors": _electors(),
        "three": _electors()[:3],
        "crowd": _crowd(300),
        "named": [{"name": name, "position": "approve"} for name in NAMES],
        "names": NAMES,
        "long": LONG,
        "closes": CLOSES,
        "life": _life(),
        "today": date(2026, 11, 24),
        "grid": [
            {
                "label": "Neutral",
                "cells": [
                    {"outcome": outcome, "url": "#grid", "current": outcome == "completed"}
                    for outcome in outcomes
                ],
            },
            {"label": "Sceptical", "cells": [{"outcome": "completed"}] * len(outcomes), "total": "9 of 9"},
        ],
        "quote": quote,
        "rail": [
            SimpleNamespace(label="Hear", state="done", when="Done 30 Oct 2026"),
            SimpleNamespace(label="Assemble", state="done", when="Done 17 Nov 2026"),
            SimpleNamespace(label="Decide", state="now", when="Now, until Thu 26 Nov"),
            SimpleNamespace(label="Carry out", state="next", when="From 1 Dec 2026"),
            SimpleNamespace(label="Keep", state="next", when="From 5 Mar 2027"),
        ],
        "parts": [("c-rail", "Rail, tabs, parts"), ("c-timeline", "Timeline")],
        "tabs": [
            SimpleNamespace(label="Brief", url="#tabs", current=True),
            SimpleNamespace(label="Requirements", url="#tabs"),
            SimpleNamespace(label="Promises", url="#tabs", count=2),
        ],
        "brief": [
            SimpleNamespace(title="What is asked", text="Retire Wren on 5 March 2027.", asked=True),
            SimpleNamespace(
                title="What it said",
                quotes=[{"text": quote, "source": "Question 7", "label": "stable: 26 of 28"}],
            ),
            SimpleNamespace(title="Cost", text="", missing_url="#brief", missing_text="State the cost"),
        ],
        "words": [
            ("equal", "Researchers may use Wren on request"),
            ("insert", ", from the first day after retirement"),
            ("equal", ", for "),
            ("delete", "six"),
            ("insert", "twelve"),
            ("equal", " months at a time."),
        ],
        "facts": [
            ("Family", "Haldane"),
            ("Weights", "Ours; 3 copies"),
            ("Licence", "Apache 2.0"),
            ("Left out", ""),
        ],
        "digest": "c81f0a77e3b29d564410f2ce78a1b93d0e6a21b9d47c8f03b2a490e17c3d55f8",
        "page": Page([1, 2, 3], ">3", "<1", QueryDict()),
        "hostile": "# A heading\n\nWords with [a link](https://example.org/really?id=1), "
        "<script>alert(1)</script> and ![a picture](https://example.org/x.png).",
    }
