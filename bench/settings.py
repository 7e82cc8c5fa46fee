"""The product's settings, with the references it is measured against and a shelf of equal tables.

The Django admin is here and nowhere else. DEBUG is off as in production: it would keep a copy of every query.
"""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

DEBUG = False
INSTALLED_APPS = [
    "bench.shelf",
    "auditlog",
    "reversion",
    "django.contrib.admin.apps.SimpleAdminConfig",
    *INSTALLED_APPS,
]
