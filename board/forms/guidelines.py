"""What is typed into guidelines that are proposed."""

from typing import Any

from django import forms


class GuidelineForm(forms.Form):
    """The words of a document, and why the board should go by them."""

    title = forms.CharField(
        label="Name", max_length=120, help_text="As decisions name it: “Editing what a model wrote”."
    )
    text = forms.CharField(
        label="Words",
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=50_000,
        help_text="All of it, as it is to read. Markdown makes headings and lists.",
    )
    why = forms.CharField(
        label="Why should the board go by this?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class NewGuidelineForm(GuidelineForm):
    """A new document, of one of the boards."""

    board_id = forms.TypedChoiceField(label="Board")

    field_order = ("board_id", "title", "text", "why")

    def __init__(self, *args: Any, boards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board_id"].choices = boards  # type: ignore[attr-defined]
