"""What is typed into a motion."""

from typing import Any

from django import forms


class MotionForm(forms.Form):
    """The words of a motion."""

    title = forms.CharField(
        label="The question", max_length=200, help_text="As a reader would ask it: “Shall … be …?”"
    )
    text = forms.CharField(
        label="What is asked",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        help_text="So that it can be carried out as written: who, what, from when.",
    )
    status_quo = forms.CharField(
        label="What happens if we do nothing", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )


class NewMotionForm(MotionForm):
    """A motion moved by hand, before one of the boards."""

    board = forms.ChoiceField(label="Board")
    kind = forms.ChoiceField(label="Kind")

    field_order = ("board", "kind", "title", "text", "status_quo")

    def __init__(
        self, *args: Any, boards: list[tuple[str, str]], kinds: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = boards  # type: ignore[attr-defined]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
