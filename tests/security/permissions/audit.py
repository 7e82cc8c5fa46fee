from audit.models import Event
from tests.cast import Cast
from tests.security.permissions import Row


def _event(cast: Cast) -> dict[str, int]:
    return {"number": Event.objects.latest("number").number}


TABLE = [
    Row("audit:event-timeline", "GET", {"auditor": 200}),
    Row("audit:event-timeline", "POST", {}, otherwise=405),
    Row("audit:event-record", "GET", {"auditor": 200}, make=_event),
    Row("audit:event-record", "POST", {}, otherwise=405, make=_event),
]
