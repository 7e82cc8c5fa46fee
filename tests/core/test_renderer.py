"""A select is what Django makes of it, whoever writes it."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from core.renderer import Renderer

CHOICES = [("", "Any"), ("a<b", "<b>bold</b> & co"), ("Group “one” & two", [("1", "One"), ("2", "Two")])]


class Choosing(forms.Form):
    plain = forms.ChoiceField(choices=CHOICES)
    many = forms.MultipleChoiceField(choices=CHOICES, required=False)
    free = forms.ChoiceField(choices=CHOICES, disabled=True, help_text="As you like.")
    dated = forms.DateField(widget=forms.SelectDateWidget(years=[2026]))


@pytest.mark.parametrize(
    "data", [None, {}, {"plain": "a<b"}, {"plain": "2", "many": ["1", "a<b"]}, {"plain": "no"}]
)
def test_a_select_is_as_django_writes_it(data: dict[str, object] | None) -> None:
    ours, theirs = Choosing(data, renderer=Renderer()), Choosing(data, renderer=DjangoTemplates())
    for name in ours.fields:
        assert _bare(str(ours[name])) == _bare(str(theirs[name]))
    assert "<b>" not in str(ours["plain"])


def _bare(html: str) -> str:
    return re.sub(r">\s+<", "><", html.strip())
