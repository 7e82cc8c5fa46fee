"""The product's settings, with the references it is measured against and a shelf of equal tables."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

# As in production: the database connection does not keep the text of every query.
DEBUG = False
INSTALLED_APPS = ["bench.shelf", "auditlog", "reversion", *INSTALLED_APPS]
