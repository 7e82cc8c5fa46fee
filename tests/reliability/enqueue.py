"""A process that queues one call at the endpoint it is given, as a web process would whose broker is dead."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from modelcalls.models import Endpoint  # noqa: E402  the apps are loaded now
from tests.factories.modelcalls import asking, queued  # noqa: E402
from tests.reliability.processes import PURPOSE  # noqa: E402

if __name__ == "__main__":
    with asking(purpose=PURPOSE):
        queued(Endpoint.objects.get(pk=sys.argv[1]), purpose=PURPOSE)
