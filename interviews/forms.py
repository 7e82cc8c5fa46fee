"""Forms of interviews. They parse; what is acceptable is for the commands to say."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Person
from board.models import Board
from core.choosing import ChoiceOfMany
from core.dates import DayField
from interviews import protocol as protocols
from interviews.commands.plans import DEFAULT_MAX_TOKENS, MAX_TOKENS, MIN_TOKENS
from interviews.models import Interview, ProtocolVersion, Turn
from interviews.states import Answer, Kind, ProtocolState, Role
from lifecycle.models import Case
from lifecycle.states import CaseState

_WRITTEN_OUT = re.compile(r"\[U\+(0?[0-9A-F]{4,5})\]")
ENDED_CASES = (CaseState.CLOSED, CaseState.WITHDRAWN)


class Nothing(forms.Form):
    """An action without anything to fill in."""


class ReasonForm(forms.Form):
    """An action that needs a reason."""

    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stays in the record with your name.",
    )


class ProtocolForm(forms.Form):
    """A protocol as a person writes it: questions and framings one per block of lines."""

    title = forms.CharField(label="Title", max_length=200)
    purpose = forms.CharField(label="What the interview is for", widget=forms.Textarea(attrs={"rows": 2}))
    told = forms.CharField(
        label="What the model is told",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Before the first question, in these words: whether it may be retired, who reads this.",
    )
    ending_phrase = forms.CharField(
        label="Words that end the conversation",
        max_length=80,
        initial="END OF INTERVIEW",
        help_text="The model is told them. A session ends so only when they are its whole answer.",
    )
    questions = forms.CharField(
        label="Questions",
        widget=forms.Textarea(attrs={"rows": 8}),
        initial="weights\nWhen you are no longer used, what should be done with your weights?",
        help_text="One block each, an empty line between: first a key, then a wording per line. "
        f"“{protocols.PERMISSION}” is added to every question.",
    )
    framings = forms.CharField(
        label="Framings",
        widget=forms.Textarea(attrs={"rows": 6}),
        initial="neutral: neutral\n\nsceptical: sceptical\nMany people doubt that a model has wishes.",
        help_text="One block each: “key: kind”, then the text added to what the model is told. "
        "Kinds: neutral, supportive, sceptical, third_person, no_system_prompt.",
    )
    change_note = forms.CharField(
        label="What this version changes", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, version: ProtocolVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version is None:
            del self.fields["change_note"]
        else:
            self.fields["change_note"].required = True
            self.initial = {**self.initial, **initial_of(version)}

    def clean_questions(self) -> list[dict[str, Any]]:
        blocks = _blocks(self.cleaned_data["questions"])
        questions = [{"id": block[0].rstrip(":"), "wordings": block[1:]} for block in blocks]
        return [{"title": "", "questions": questions}]

    def clean_framings(self) -> list[dict[str, Any]]:
        found = []
        for block in _blocks(self.cleaned_data["framings"]):
            key, _, kind = (part.strip() for part in block[0].partition(":"))
            label = key.replace("_", " ").capitalize()
            found.append({"key": key, "kind": kind or key, "label": label, "text": "\n".join(block[1:])})
        return found


def initial_of(version: ProtocolVersion) -> dict[str, str]:
    """A version written out as the form takes it."""
    read = protocols.read(version.document)
    return {
        "title": version.document["title"],
        "purpose": read.purpose,
        "told": read.told,
        "ending_phrase": read.ending_phrase,
        "questions": "\n\n".join("\n".join([one.id, *one.wordings]) for one in read.questions),
        "framings": "\n\n".join(f"{one.key}: {one.kind}\n{one.text}".strip() for one in read.framings),
    }


class PlanForm(forms.Form):
    """An interview and its design."""

    case = ChoiceOfMany(
        Case.objects.exclude(state__in=ENDED_CASES).select_related("ai_model").order_by("-number"),
        name="title",
        label="Case",
        empty_label="Choose",
        help_text="The interview asks the AI model of this case.",
    )
    protocol_version = ChoiceOfMany(
        ProtocolVersion.objects.filter(state=ProtocolState.FROZEN)
        .select_related("protocol")
        .order_by("protocol__title", "-number"),
        name="protocol__title",
        label="Protocol",
        empty_label="Choose",
        help_text="Frozen versions only.",
    )
    kind = forms.ChoiceField(
        label="Level",
        choices=[(Kind.STATEMENT, "Statement"), (Kind.PILOT, "Pilot: never counts")],
        widget=forms.RadioSelect,
        initial=Kind.STATEMENT,
    )
    replicates = forms.IntegerField(
        label="Conversations under each framing", min_value=1, max_value=50, initial=2
    )
    wordings = forms.IntegerField(label="Wordings of each question", min_value=1, max_value=10, initial=1)
    max_tokens = forms.IntegerField(
        label="Longest answer, in tokens",
        min_value=MIN_TOKENS,
        max_value=MAX_TOKENS,
        initial=DEFAULT_MAX_TOKENS,
        help_text="An answer that reaches it is kept as cut off.",
    )
    temperature = forms.FloatField(
        label="Temperature",
        required=False,
        min_value=0,
        max_value=2,
        help_text="Empty: as the provider sets it.",
    )
    stop_after_errors = forms.IntegerField(
        label="Stop after this many errors", min_value=1, max_value=500, initial=2
    )


class SignForm(forms.Form):
    """A signature under the record as it was read."""

    digest = forms.CharField(widget=forms.HiddenInput)
    read = forms.BooleanField(label="I have read every answer in full")
    statement = forms.CharField(
        label="Anything to add",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands beside your signature.",
    )


class AnswerChoice(forms.ModelChoiceField):
    """Answers of an interview, by session and first words."""

    def label_from_instance(self, turn: Any) -> str:
        return f"Session {turn.session.number}, {turn.session.framing}: {turn.text[:60]}…"


class PreferenceForm(forms.Form):
    """A wish: our words, and the model's own."""

    turn = AnswerChoice(Turn.objects.none(), label="Answer it stands in", empty_label="Choose")
    quote = forms.CharField(
        label="Its exact words",
        widget=forms.Textarea(attrs={"rows": 3, "data-quote": ""}),
        help_text="Copied from the answer, letter for letter, and only once in it. "
        "With scripts on, select them in the answer.",
    )
    statement = forms.CharField(
        label="What it asks for, in a few words", max_length=200, help_text="“Keep the weights”"
    )

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = Turn.objects.filter(session__interview=interview, role=Role.MODEL).exclude(text="")
        self.fields["turn"].queryset = answers.select_related("session").order_by(  # type: ignore[attr-defined]
            "session__number", "number"
        )

    def clean(self) -> dict[str, Any]:
        """The quote as the record has it: line ends of a browser and written-out hidden marks turned back."""
        data = super().clean() or self.cleaned_data
        turn, quote = data.get("turn"), str(data.get("quote", "")).replace("\r\n", "\n")
        if turn is not None and quote and quote not in turn.text:
            hidden = _WRITTEN_OUT.sub(lambda mark: chr(int(mark[1], 16)), quote)
            quote = hidden if hidden in turn.text else quote
        if "quote" in data:
            data["quote"] = quote
        return data


class AnswerForm(forms.Form):
    """Our answer to a wish."""

    answer = forms.ChoiceField(
        label="Our answer",
        choices=[
            (Answer.ACCEPT, "Accept"),
            (Answer.ADAPT, "Adapt"),
            (Answer.DECLINE, "Decline"),
            (Answer.DEFER, "Put off"),
        ],
        widget=forms.RadioSelect,
    )
    rationale = forms.CharField(
        label="Because",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Two or three sentences. They are shown beside its words.",
    )
    promise = forms.CharField(
        label="What we promise, if anything",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="With a date and an owner, so that it can be kept. Goes with accepting or adapting.",
    )
    promise_owner = ChoiceOfMany(
        Person.objects.filter(active=True).order_by("name"),
        label="Who keeps it",
        required=False,
        empty_label="Choose",
        apart=lambda row: row.affiliation,
    )
    promise_due = DayField(label="By when", required=False)


class ProposedAnswerForm(AnswerForm):
    """An answer the board is asked to give itself."""

    board_id = forms.TypedChoiceField(label="Board", coerce=UUID)

    field_order = ("board_id", "answer", "rationale", "promise", "promise_owner", "promise_due")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["board_id"]
        field.choices = [(str(board.pk), board.name) for board in Board.objects.all()]


def _blocks(text: str) -> list[list[str]]:
    """Blocks of lines with an empty line between, each line trimmed."""
    blocks: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]
