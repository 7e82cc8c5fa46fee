"""The product's settings, with the references it is measured against and a shelf of equal tables."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = ["bench.shelf", "auditlog", "reversion", *INSTALLED_APPS]
