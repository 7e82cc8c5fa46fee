"""Settings that would be unsafe in production, each with what to do. The start is refused while one stands."""

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from core.typesetting import missing_fonts

log = logging.getLogger(__name__)


@register(Tags.security)
def production_settings(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """What production needs; nothing is asked of local mode and of DEBUG."""
    if settings.DEBUG:
        return []
    found: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < 50:
        found.append(
            Error(
                "SECRET_KEY is missing or shorter than 50 characters.",
                hint='Set it to a long random text: python -c "import secrets; print(secrets.token_urlsafe(64))"',
                id="config.E001",
            )
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "ALLOWED_HOSTS is empty or admits every host.",
                hint="Name the hosts this installation answers under: ALLOWED_HOSTS=emeritus.example.org",
                id="config.E002",
            )
        )
    if not settings.PUBLIC_URL.startswith("https://"):
        found.append(
            Error(
                "PUBLIC_URL is missing or not https.",
                hint="Set the address people use: PUBLIC_URL=https://emeritus.example.org",
                id="config.E003",
            )
        )
    if not settings.ORGANISATION_NAME:
        found.append(
            Error(
                "ORGANISATION_NAME is missing.",
                hint='Name the organisation whose decisions these are: ORGANISATION_NAME="The Aldgate Institute"',
                id="config.E004",
            )
        )
    if settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        found.append(
            Error(
                "CACHE_URL is missing: each web server process would count tries at the door for itself.",
                hint="Name a cache that all share: CACHE_URL=rediscache://valkey.example.org:6379/1",
                id="config.E005",
            )
        )
    if settings.SECOND_FACTOR not in ("required", "offered"):
        found.append(
            Error(
                "SECOND_FACTOR is neither required nor offered.",
                hint="Leave it out, or set SECOND_FACTOR=required.",
                id="config.E006",
            )
        )
    return found


@register(Tags.files, deploy=True)
def faces_of_documents(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Whether certificates, packs and minutes can be printed: the typesetter brings no faces of ours."""
    missing = missing_fonts()
    if not missing:
        return []
    return [
        Error(
            f"The faces of documents are missing: {', '.join(missing)}. Certificates cannot be had as PDF.",
            hint="Cut them where the local dependencies are (make fonts) and bring build/ along (docs/local.md).",
            id="config.E007",
        )
    ]


def refuse_unsafe_start() -> None:
    """Raise ImproperlyConfigured naming everything that is wrong. Called by the web server and the worker.

    Who works as the owner of the tables is told so in the log; that is no reason to stand still.
    """
    problems = production_settings(None)
    if problems:
        sentences = "\n".join(f"- {problem.msg} {problem.hint}" for problem in problems)
        raise ImproperlyConfigured(f"Emeritus does not start:\n{sentences}")
    warn_of_what_is_unsound()


def warn_of_what_is_unsound() -> None:
    """Tell the log when the web server or the worker could switch the guards off, and of auditors without end."""
    if settings.LOCAL_MODE:
        return
    from accounts.checks import every_auditor_has_an_end  # noqa: PLC0415  the web server reads us before the models
    from audit.checks import nobody_works_as_the_owner  # noqa: PLC0415

    try:
        asked = {"databases": ["default"]}
        for problem in nobody_works_as_the_owner(None, **asked) + every_auditor_has_an_end(None, **asked):
            log.warning("%s. %s", problem.msg, problem.hint)
    except DatabaseError as error:
        log.warning("Whom we are in the database is not known: %s", error)
    finally:
        connection.close()  # the worker forks next, and a connection must not be shared
