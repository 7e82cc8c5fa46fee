"""What tests need of the audit: set-up inside one recorded event. Never imported by the product."""

from collections.abc import Iterator
from contextlib import contextmanager

from audit.commands import opening, record
from audit.origins import Kind, coming_from
from core.policies import Process


@contextmanager
def recorded(reason: str = "set-up") -> Iterator[None]:
    """Write tracked rows directly, as one set-up event."""
    with coming_from(Kind.SET_UP), opening("audit.set_up.recorded", Process("Set-up")):
        yield
        record(reason=reason)
