from audit.models import Event
from tests.cast import Cast
from tests.security.permissions import NOBODY, Row


def _event(cast: Cast) -> dict[str, int]:
    return {"number": Event.objects.latest("number").number}


def _record(cast: Cast) -> dict[str, object]:
    return {"kind": "accounts.Person", "key": cast.steward.id}


TABLE = [
    Row("audit:event-days", "GET", {"auditor": 200}),
    Row("audit:event-days", "POST", {}, otherwise=405),
    Row("audit:event-export", "GET", {"auditor": 200}),
    Row("audit:event-export", "POST", {"auditor": 200}, data=lambda cast, kwargs: {"form": "csv"}),
    Row("audit:record-history", "GET", {"auditor": 200}, make=_record),
    Row("audit:record-history", "POST", {}, otherwise=405, make=_record),
    Row("audit:record-as-of", "GET", {"auditor": 200}, make=_record),
    Row("audit:record-as-of", "POST", {}, otherwise=405, make=_record),
    Row("audit:record-pack", "GET", {"auditor": 200}, make=_record),
    Row("audit:record-pack", "POST", {"auditor": 200}, make=_record),
    Row("audit:event-timeline", "GET", {"auditor": 200}),
    Row("audit:event-timeline", "POST", {}, otherwise=405),
    Row("audit:event-record", "GET", {"auditor": 200}, make=_event),
    Row("audit:event-record", "POST", {}, otherwise=405, make=_event),
    # Nothing is sealed inside a test's transaction: the auditor is told so.
    Row("audit:event-proof", "GET", {"auditor": 404}, make=_event),
    Row("audit:event-proof", "POST", {}, otherwise=405, make=_event),
    Row("audit_public:transparency", "GET", {NOBODY: 200}, otherwise=200),
    Row("audit_public:transparency", "POST", {NOBODY: 405}, otherwise=405),
    Row("audit_public:checkpoint-latest", "GET", {NOBODY: 404}, otherwise=404),
    Row("audit_public:checkpoint-latest", "POST", {NOBODY: 405}, otherwise=405),
    Row("audit_public:checkpoint", "GET", {NOBODY: 404}, otherwise=404, make=lambda cast: {"size": 1}),
    Row("audit_public:checkpoint", "POST", {NOBODY: 405}, otherwise=405, make=lambda cast: {"size": 1}),
    Row("audit_public:verifier", "GET", {NOBODY: 200}, otherwise=200),
    Row("audit_public:verifier", "POST", {NOBODY: 405}, otherwise=405),
]
