"""Settings: everything comes from the environment, a `.env` file, or in local mode from `.local/env`.

docs/settings.md lists every name. Bad settings are explained by config/checks.py and the start is refused.
"""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# In local mode nothing is set: `manage.py local` writes what it started to .local/env.
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")
LOCAL_MODE = "DATABASE_URL" not in os.environ
if LOCAL_MODE and (BASE_DIR / ".local" / "env").exists():
    env.read_env(BASE_DIR / ".local" / "env")
LOCAL_MODE = LOCAL_MODE or env.bool("EMERITUS_LOCAL", default=False)

DEBUG = env.bool("DEBUG", default=LOCAL_MODE)
SECRET_KEY = env("SECRET_KEY", default="local-mode-only" if LOCAL_MODE or DEBUG else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000" if DEBUG else "")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
ORGANISATION_NAME = env("ORGANISATION_NAME", default="The Aldgate Institute" if LOCAL_MODE else "")
# Said at the top of every page, so that nobody takes the demonstration for the real thing.
DEMONSTRATION = env(
    "DEMONSTRATION",
    default="Written for this demonstration: the Aldgate Institute, its people and models, and the vendor"
    " Lantern Labs are fictional. Other organisations’ dates are real and sourced."
    if LOCAL_MODE
    else "",
)
TIME_ZONE = "UTC"
USE_TZ = True
LANGUAGE_CODE = "en-gb"
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]

INSTALLED_APPS = [
    "config",
    "essays",
    "interviews",
    "lifecycle",
    "board",
    "modelcalls",
    "controls",
    "mail",
    "accounts",
    "audit",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "audit.middleware.RequestOrigin",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.api.ProblemDetails",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ActorOfRequest",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.web.RefusalsBecomePages",
    "audit.middleware.RefusedPages",
    "accounts.middleware.DeskDoor",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
            "builtins": ["config.templatetags.words", "audit.templatetags.records"],
        },
    }
]
FORM_RENDERER = "core.renderer.Renderer"
INSTALLED_APPS.append("django.forms")

# The database holds the truth; commands open their own transactions (audit.commands).
DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgres:///emeritus"),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": env("TEST_DATABASE_TEMPLATE", default=None)},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIMPLE_HISTORY_DATE_INDEX = False
CLOCK_MAY_MOVE = False

# People sign in with their address; nobody signs up by themselves.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapters.ClosedDoor"
ACCOUNT_FORMS = {
    "change_password": "accounts.password_forms.ChangePasswordForm",
    "reset_password_from_key": "accounts.password_forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody writes to strangers
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_SESSION_REMEMBER = False
# Whose address a try at the door is counted for: behind a proxy, the one the proxy names.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.bool("BEHIND_PROXY", default=False))
ACCOUNT_USER_DISPLAY = "accounts.adapters.name_of"
# "required": board members, secretaries and auditors must have a second factor, and votes, grants and exports ask
# for a fresh one. "offered": whoever likes may set one up; nobody is asked.
SECOND_FACTOR = env("SECOND_FACTOR", default="offered" if LOCAL_MODE else "required")
MFA_ADAPTER = "accounts.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = ORGANISATION_NAME or "Emeritus"
# Single sign-on: only people admitted here get in, known by an address their organisation has verified.
OIDC_ISSUER = env("OIDC_ISSUER", default="")
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SingleSignOn"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# A form that leads to another site is stopped by our own security policy; `state` ties the answer to the session.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": env("OIDC_NAME", default="your organisation"),
                "client_id": env("OIDC_CLIENT_ID", default=""),
                "secret": env("OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.kept_forms.csrf_failure"
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", *filter(Path.is_dir, [BASE_DIR / "build" / "static"])]
# Of one mind with the finders, also in tests, which turn settings.DEBUG off later: files are looked for when
# they are asked, where they were written. Otherwise they are read once, at the start, where they were collected.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
vars().update(env.email("EMAIL_URL", default="consolemail://"))
if LOCAL_MODE and not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "mail.backends.LocalMailbox"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="emeritus@localhost")

# The broker only wakes workers up; what is to be done stands in the database.
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="redis://127.0.0.1:6379/0")
LOCAL_MODEL_URL = env("LOCAL_MODEL_URL", default="")
# Seconds a worker holds a call before another may take it over, and between two looks for lost ones.
MODEL_CALL_LEASE = env.int("MODEL_CALL_LEASE", default=900)
MODEL_CALL_SWEEP = env.int("MODEL_CALL_SWEEP", default=10)

# Seconds a worker holds a mail; one that is lost on the way is "unsure" after them and not sent again by itself.
MAIL_LEASE = env.int("MAIL_LEASE", default=300)
# Seconds between two looks for mails whose wake-up was lost.
MAIL_SWEEP = env.int("MAIL_SWEEP", default=15)
# Seconds until a silent mail server is given up; less than the lease.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=60)
# Hour of the day, in UTC, after which digests are written.
MAIL_DIGEST_HOUR = env.int("MAIL_DIGEST_HOUR", default=7)
# The file with the key that signs checkpoints; in local mode it is made at the first seal.
AUDIT_SIGNING_KEY_FILE = env(
    "AUDIT_SIGNING_KEY_FILE", default=str(BASE_DIR / ".local" / "audit-key.pem") if LOCAL_MODE else ""
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}
