"""Where a person is signed in: the device, the address, when it was last seen. Only they themselves see it."""

import time
from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from accounts.models import User
from core import clock

# Seconds between two notes of when a session was last seen: not a write for every page.
NOTED_EVERY = 300
SEEN = "seen_at"

# What a browser's own description says, in the order in which to look: most also name those they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class SignedIn:
    """One sign-in of a person. `ip` is where it was last seen from."""

    id: int
    device: str
    ip: str
    since: datetime
    seen: datetime
    current: bool


def begin(request: HttpRequest) -> None:
    """From the sign-in on, note when this session is seen."""
    request.session[SEEN] = time.time()


def note_seen(request: HttpRequest) -> None:
    """Note that the session is in use, every few minutes."""
    last = request.session.get(SEEN)
    if last is None or time.time() - last < NOTED_EVERY:
        return
    begin(request)
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=clock.now(), ip=get_adapter().get_client_ip(request)
    )


def of_user(user: User, request: HttpRequest) -> list[SignedIn]:
    """The sign-ins that are alive, this one first, then as they were last seen."""
    rows = [
        SignedIn(
            row.pk, device_of(row.user_agent), row.ip, row.created_at, row.last_seen_at,
            row.session_key == request.session.session_key,
        )
        for row in UserSession.objects.purge_and_list(user)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (not row.current, -row.seen.timestamp()))


def device_of(user_agent: str) -> str:
    """ "Firefox on Linux", as far as the browser's own description tells."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
