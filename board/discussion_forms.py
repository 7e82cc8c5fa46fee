"""What people type into a discussion. Parsing only; every rule is in the commands."""

from typing import Any
from uuid import UUID

from django import forms

from board.commands.discussion import LONGEST

_HINT = "It stays as you send it: nothing said here is edited or taken back. Name somebody with an @ to write to them."


def _words(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST
    )


class CommentForm(forms.Form):
    """Something said to everybody."""

    text = _words("What you want to say", _HINT)


class QuestionForm(forms.Form):
    """A question and whom it is put to."""

    asked_of = forms.TypedChoiceField(label="Ask", coerce=UUID)
    text = _words("Your question", "They have three days to answer, or until the vote closes. " + _HINT)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["asked_of"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "Choose a person"), *people]


class ReplyForm(forms.Form):
    """A reply to what was said first."""

    text = _words("Your reply", _HINT)
