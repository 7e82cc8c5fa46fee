"""A select or an input is what Django makes of it, whoever writes it."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

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


class Writing(forms.Form):
    text = forms.CharField(widget=forms.TextInput({"placeholder": '<Any> & "all"', "list": "people"}))
    number = forms.IntegerField(min_value=0, max_value=9)
    mail = forms.EmailField(required=False)
    address = forms.URLField(required=False, assume_scheme="https")
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput, initial="<a>")
    day = forms.DateField(required=False)
    instant = forms.DateTimeField(required=False)
    hour = forms.TimeField(required=False, disabled=True)
    sure = forms.BooleanField(required=False)
    chosen = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"text": '"><script>', "number": "0", "sure": "on", "chosen": "2", "secret": "s"},
        {"text": mark_safe("<i>"), "mail": "no", "day": "1 May 2026", "hidden": "'", "sure": "<x>"},
    ],
)
def test_an_input_is_as_django_writes_it(data: dict[str, object] | None) -> None:
    ours, theirs = Writing(data, renderer=Renderer()), Writing(data, renderer=DjangoTemplates())
    for name in ours.fields:
        assert _bare(str(ours[name])) == _bare(str(theirs[name]))
    assert "<script>" not in str(ours["text"])


def _bare(html: str) -> str:
    return re.sub(r">\s+<", "><", html.strip())
