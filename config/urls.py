"""Every address of the product. Public pages at /…, everything for signed-in people under /desk/…"""

from django.urls import include, path

from config import health, views

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("desk/components/", views.components, name="components"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/security/", include("allauth.mfa.urls")),
    path("desk/", include("accounts.urls")),
    path("desk/", include("audit.urls")),
    path("desk/", include("modelcalls.urls")),
    path("desk/", include("board.urls")),
    path("desk/", include("lifecycle.urls")),
    path("desk/", include("interviews.urls")),
    path("desk/", include("essays.urls")),
    path("", include("audit.public_urls")),
    path("", include("board.public_urls")),
    path("", include("lifecycle.public_urls")),
    path("", include("essays.public_urls")),
]
