from uuid import UUID

from audit import redactions
from audit.models import Event
from tests.cast import Cast
from tests.security.permissions import NOBODY, Row

# Who keeps the records blanks; the board confirms too; auditors only see that it was done.
_SEES = dict.fromkeys(("steward", "secretary", "auditor", "chair", "member", "colleague"), 200)
_DROPS = ("steward", "secretary", "chair", "member", "colleague")


def _redaction(cast: Cast) -> dict[str, UUID]:
    """Proposed by the steward, of where the outsider belongs."""
    proposed = redactions.propose_redaction(
        actor=cast.steward,
        record_type="accounts.Person",
        row_id=cast.person("outsider").pk,
        columns=["affiliation"],
        reason="privacy",
        explanation="They asked for it.",
    )
    return {"redaction_id": proposed.pk}


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
    Row("audit:redactions", "GET", _SEES),
    Row("audit:redactions", "POST", {}, otherwise=405),
    Row("audit:redaction-new", "GET", {"steward": 200, "secretary": 200}),
    Row("audit:redaction-new", "POST", {"steward": 200, "secretary": 200}),
    Row("audit:redaction", "GET", _SEES, make=_redaction),
    Row("audit:redaction", "POST", {}, otherwise=405, make=_redaction),
    # The steward proposed it: another person confirms, who can see the record; the board does not see people's.
    Row("audit:redaction-confirm", "GET", {"secretary": 200}, make=_redaction),
    Row("audit:redaction-confirm", "POST", {"secretary": 422}, make=_redaction),
    Row("audit:redaction-drop", "GET", dict.fromkeys(_DROPS, 200), make=_redaction),
    Row("audit:redaction-drop", "POST", dict.fromkeys(_DROPS, 422), make=_redaction),
    Row("audit:event-timeline", "GET", {"auditor": 200}),
    Row("audit:event-timeline", "POST", {}, otherwise=405),
    Row("audit:event-record", "GET", {"auditor": 200}, make=_event),
    Row("audit:event-record", "POST", {}, otherwise=405, make=_event),
    # Nothing is sealed inside a test's transaction: the auditor is told so.
    Row("audit:event-proof", "GET", {"auditor": 404}, make=_event),
    Row("audit:event-proof", "POST", {}, otherwise=405, make=_event),
    # There is no page at the root of the API; the rest is read-only and open.
    Row("api:api-root", "GET", {NOBODY: 404}, otherwise=404),
    Row("api:openapi-json", "GET", {NOBODY: 200}, otherwise=200),
    Row("api:openapi-json", "POST", {NOBODY: 405}, otherwise=405),
    Row("api:checkpoint-latest", "GET", {NOBODY: 404}, otherwise=404),
    Row("api:checkpoint-latest", "POST", {NOBODY: 405}, otherwise=405),
    Row("api:event-proof", "GET", {NOBODY: 404}, otherwise=404, make=_event),
    Row("api:event-proof", "POST", {NOBODY: 405}, otherwise=405, make=_event),
    Row("audit_public:transparency", "GET", {NOBODY: 200}, otherwise=200),
    Row("audit_public:transparency", "POST", {NOBODY: 405}, otherwise=405),
    Row("audit_public:checkpoint-latest", "GET", {NOBODY: 404}, otherwise=404),
    Row("audit_public:checkpoint-latest", "POST", {NOBODY: 405}, otherwise=405),
    Row("audit_public:checkpoint", "GET", {NOBODY: 404}, otherwise=404, make=lambda cast: {"size": 1}),
    Row("audit_public:checkpoint", "POST", {NOBODY: 405}, otherwise=405, make=lambda cast: {"size": 1}),
    Row("audit_public:verifier", "GET", {NOBODY: 200}, otherwise=200),
    Row("audit_public:verifier", "POST", {NOBODY: 405}, otherwise=405),
]
