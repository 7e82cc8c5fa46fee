"""The two forms that set a password, in our words: what allauth asks, under labels and with a hint of our own."""

from typing import Any

from allauth.account import forms as allauth_forms

HINT = "Not like your name or address, and not one that many people use."


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """Of somebody who is signed in."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["oldpassword"].label = "Current password"
        _in_our_words(self.fields)


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """Of somebody who came by a link."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _in_our_words(self.fields)


def _in_our_words(fields: Any) -> None:
    fields["password1"].label, fields["password2"].label = "New password", "New password again"
    fields["password1"].help_text = HINT
