"""The same form sent twice, by a double click or after the back button, makes one thing and leads to it both times.

For forms that make something new each time; where a second sending changes nothing by itself, none of this is
needed. A form is known by who sends it, where to, and all that was typed: not by its anti-forgery token, which a
page has anew when the back button fetches it again.
"""

import time

from django.core.cache import cache
from django.http import HttpRequest

from core.digests import sha256_hex
from core.errors import IllegalMove

REMEMBERED = 600
"""Seconds for which a form that was sent leads to what it made. Whoever means to make the same twice may wait."""
PATIENCE = 5.0
"""Seconds the second sending waits for the first."""
_UNDER_WAY = "under way"


def known_by(request: HttpRequest) -> str:
    """What a sent form is known by; "" where there is no token, which only a page of ours has, or nobody signed in."""
    actor = getattr(request, "actor", None)
    if not actor or not request.POST.get("csrfmiddlewaretoken"):
        return ""
    typed = request.POST.copy()
    del typed["csrfmiddlewaretoken"]
    return f"once:{sha256_hex(' '.join((str(actor.id), request.get_full_path(), typed.urlencode())))}"


def claim(key: str) -> str:
    """Where the first sending led, or "" when this is the first. IllegalMove when the first is not done in time."""
    until = time.monotonic() + PATIENCE
    while not cache.add(key, _UNDER_WAY, REMEMBERED):
        led = str(cache.get(key, ""))
        if led not in ("", _UNDER_WAY):
            return led
        if time.monotonic() > until:
            raise IllegalMove(
                "This form was sent twice, and the first sending is still being recorded. Look whether it is there"
                " before you send it again."
            )
        time.sleep(0.05)
    return ""


def settle(key: str, url: str) -> None:
    """The first sending is done and led here; without an address it was refused and may be tried again."""
    if url:
        cache.set(key, url, REMEMBERED)
    else:
        cache.delete(key)
