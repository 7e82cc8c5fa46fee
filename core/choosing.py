"""Choosing one row of a list that grows without end: a few stand in a select, of many the name is typed.

What is typed is never guessed at: the one row called exactly so is taken; where several are, or where it is a part
of names only, the form comes back with those in a select. No script is needed, and no page carries a whole table.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: As many rows stand in a select, or are suggested beside what is typed.
FEW = 50


class NameInput(forms.TextInput):
    """A name is typed; the browser suggests some. `names`: what is typed and what it is, pairs of text."""

    def __init__(self, names: list[tuple[str, str]]) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"})
        self.names = names

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        here = f"{(attrs or {}).get('id', name)}_names"
        field = super().render(name, value, {**(attrs or {}), "list": here}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.names)
        return format_html('{}<datalist id="{}">{}</datalist>', field, here, options)


class ChoiceOfMany(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row, by its name. `name`: the path to the text it is called by; `apart`: what else is said of it in a
    choice among several of one name, as a person's affiliation.
    """

    def __init__(
        self,
        queryset: QuerySet[Any],
        *,
        name: str = "name",
        apart: Callable[[Any], str] = lambda row: "",
        **given: Any,
    ) -> None:
        self.name, self.apart = name, apart
        super().__init__(queryset, **given)

    queryset: Any

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Each form asks here before it shows or reads the field; by now the rows to choose from are known."""
        self._prepare()
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Any:
        """A row is shown by its name where the name is typed."""
        if isinstance(self.widget, NameInput) and (row := self._by_key(value)) is not None:
            return self._called(row)
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        self._prepare()
        if value in self.empty_values or not isinstance(self.widget, NameInput):
            return super().to_python(value)
        found = self._by_key(value)
        return found if found is not None else self._by_name(str(value).strip())

    def _prepare(self) -> None:
        """A select of all rows, or a text with suggestions where there are too many for one."""
        if getattr(self, "_prepared", False):
            return
        self._prepared = True
        rows = list(self.queryset[: FEW + 1])
        if len(rows) <= FEW:
            self._offer(rows)
            return
        self._put(NameInput([(self._called(row), self.label_from_instance(row)) for row in rows[:FEW]]))
        hint = "Type its name, or a part of it to choose from."
        self.help_text = f"{self.help_text} {hint}".strip()

    def _put(self, widget: forms.Widget) -> None:
        widget.is_required = self.required
        widget.attrs = {**self.widget.attrs, **widget.attrs}
        self.widget = widget

    def _offer(self, rows: list[Any], *, told_apart: bool = False) -> None:
        def label(row: Any) -> str:
            more = self.apart(row) if told_apart else ""
            return ", ".join(filter(None, (self.label_from_instance(row), more)))

        empty = (
            [] if self.empty_label is None and not told_apart else [("", self.empty_label or "Choose one")]
        )
        self._put(forms.Select(choices=[*empty, *((str(row.pk), label(row)) for row in rows)]))

    def _called(self, row: Any) -> str:
        for part in self.name.split("__"):
            row = getattr(row, part)
        return str(row)

    def _by_key(self, value: Any) -> Any:
        try:
            return self.queryset.filter(pk=getattr(value, "pk", value)).first()
        except (ValueError, TypeError, ValidationError):
            return None

    def _by_name(self, text: str) -> Any:
        """The one row called so. ValidationError otherwise, with those that might be meant in a select."""
        if "\x00" in text:
            raise ValidationError("There is nothing of this name.", code="unknown")
        exact = list(self.queryset.filter(**{f"{self.name}__iexact": text})[: FEW + 1])
        if len(exact) == 1:
            return exact[0]
        near = exact or list(self.queryset.filter(**{f"{self.name}__icontains": text})[: FEW + 1])
        if not near:
            raise ValidationError(
                "There is nothing of this name. Write a part of it, and choose from what is found.",
                code="unknown",
            )
        if len(near) > FEW:
            raise ValidationError(f"More than {FEW} bear this in their name: write more of it.", code="many")
        self._offer(near, told_apart=True)
        raise ValidationError(
            "Is this the one? Choose it." if len(near) == 1 else f"Choose one of the {len(near)} found.",
            code="choose",
        )
