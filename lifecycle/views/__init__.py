"""Lifecycle's pages. A view loads for its viewer, shows a form, calls one command."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lifecycle.registry import Panel


def shown(request: HttpRequest, panels: Iterable[Panel | None]) -> list[SafeString]:
    """Sections that apps above make, as HTML, each with its own context."""
    return [render_to_string(panel.template, panel.context, request) for panel in panels if panel is not None]
