"""Every address of the product. Public pages at /…, everything for signed-in people under /desk/…"""

from allauth.socialaccount import views as single_sign_on
from django.urls import include, path

from accounts.views import security
from config import health, views
from config.api import api

handler400 = "config.views.not_understood"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("desk/settings/", health.hub, name="settings"),
    path("desk/health/", health.health, name="health"),
    path("desk/components/", views.components, name="components"),
    path("api/v1/", api.urls),
    path("story/", views.story, name="story"),
    path("story/<slug:key>/continue/", views.story_continue, name="story-continue"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/security/", security.security, name="security"),
    path("accounts/security/sessions/end/", security.end_sessions, name="session-end"),
    path("accounts/security/", include("allauth.mfa.urls")),
    path("accounts/sso/cancelled/", single_sign_on.login_cancelled, name="socialaccount_login_cancelled"),
    path("accounts/sso/error/", single_sign_on.login_error, name="socialaccount_login_error"),
    path("accounts/sso/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("desk/", include("accounts.urls")),
    path("desk/", include("audit.urls")),
    path("desk/", include("modelcalls.urls")),
    path("desk/", include("controls.urls")),
    path("desk/", include("mail.urls")),
    path("desk/", include("board.urls")),
    path("desk/", include("lifecycle.urls")),
    path("desk/", include("interviews.urls")),
    path("desk/", include("essays.urls")),
    path("", include("audit.public_urls")),
    path("", include("board.public_urls")),
    path("", include("lifecycle.public_urls")),
    path("", include("essays.public_urls")),
]
