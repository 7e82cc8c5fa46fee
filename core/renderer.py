"""How forms are rendered: by Django's templates, but for selects and plain inputs, which are most of every form."""

from functools import lru_cache
from typing import Any

from django.forms import widgets
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class Renderer(TemplatesSetting):
    """Writes a select or an input in one go. A template for each of a hundred options takes longer than a page."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == widgets.Select.template_name:
            return _select(context["widget"])
        if template_name in _INPUTS:
            return _input(context["widget"])
        return super().render(template_name, context, request)


# Their templates are nothing but input.html.
_INPUTS = {
    kind.template_name
    for kind in (
        widgets.TextInput,
        widgets.NumberInput,
        widgets.EmailInput,
        widgets.URLInput,
        widgets.PasswordInput,
        widgets.HiddenInput,
        widgets.DateInput,
        widgets.DateTimeInput,
        widgets.TimeInput,
        widgets.CheckboxInput,
    )
}


def _input(widget: dict[str, Any]) -> SafeString:
    value = widget["value"]
    stated = format_html(' value="{}"', value) if value is not None else ""
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        stated,
        _attributes(widget["attrs"]),
    )


def _select(widget: dict[str, Any]) -> SafeString:
    groups = format_html_join(
        "", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"])
    )
    return format_html(
        '<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), groups
    )


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    written = mark_safe("".join(map(_option, options)))  # each was escaped
    return format_html('<optgroup label="{}">{}</optgroup>', name, written) if name else written


def _option(option: dict[str, Any]) -> SafeString:
    attributes = option["attrs"]
    # Most options have none, and a page may have hundreds of them.
    return _written(str(option["value"]), _attributes(attributes) if attributes else "", str(option["label"]))


def _attributes(attributes: dict[str, Any]) -> SafeString:
    """As Django's attrs.html writes them: in their order, True by the name alone, False not at all."""
    stated = ((name, value) for name, value in attributes.items() if value is not False)
    return mark_safe(
        "".join(
            format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
            for name, value in stated
        )
    )


@lru_cache(maxsize=4096)
def _written(value: str, attributes: str, label: str) -> SafeString:
    return format_html('<option value="{}"{}>{}</option>', value, attributes, label)
