"""The public API under /api/v1/: every app's routes, and its description in openapi.json. Read-only, no key."""

from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import ValidationError

from audit.api import router as audit
from core.api import refused, unreadable
from core.errors import Refused

# No page of documentation: it would load scripts from elsewhere, which the security policy forbids.
api = NinjaAPI(
    title="Emeritus",
    version="1",
    description="What this installation makes public. Errors are problem details (RFC 9457).",
    docs_url=None,
    docs_decorator=require_safe,
    urls_namespace="api",
)
api.add_exception_handler(Refused, refused)
api.add_exception_handler(ValidationError, unreadable)
api.add_router("", audit)
