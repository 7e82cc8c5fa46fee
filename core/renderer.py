"""How forms are rendered: by Django's templates, but for lists of choices, which are most of what a filter writes."""

from functools import lru_cache
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Select
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class Renderer(TemplatesSetting):
    """Writes a select in one go. A template for each of a hundred options takes longer than the rest of a page."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == Select.template_name:
            return _select(context["widget"])
        return super().render(template_name, context, request)


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
