"""Redactions in an export: told from erasures. Pure: standard library, imports without Django settings.

A version or an event that was redacted no longer matches the digest its leaf was made of. It is believed all the same
when the log itself holds a redaction, decided by two people, that names it and the digest of what is left of it.
"""

from __future__ import annotations

from typing import Any

from audit.evidence import record_digest

REDACTIONS = "audit_historicalredaction"
EVENTS = "audit_event"


class Redactions:
    """What the manifest says was redacted; each use of it must be borne out by the log before the end."""

    def __init__(self, claimed: list[dict[str, Any]]) -> None:
        self.claimed = {
            (entry["table"], int(number), digest)
            for entry in claimed
            for number, digest in entry["versions"].items()
        }
        self.used: dict[tuple[str, int, str], str] = {}
        self.decided: dict[tuple[str, int, str], str] = {}

    def excuses(self, label: str, table: str, number: int, told: dict[str, Any]) -> bool:
        """Whether a version or event that does not match its digest is said to be redacted, and is what was left."""
        place = (table, number, record_digest(told["salt"], told["record"]).hex())
        if place not in self.claimed:
            return False
        self.used[place] = label
        return True

    def note(self, table: str, record: dict[str, Any]) -> None:
        """A version of a redaction that the log holds: one that was carried out decides."""
        if table != REDACTIONS or record["state"] != "carried_out":
            return
        if record["confirmed_by_id"] == record["proposed_by_id"]:
            return
        fields, day = ", ".join(record["fields"]), record["confirmed_at"][:10]
        said = (
            f"redacted ({record['reason']}: {record['explanation']}), proposed by"
            f" {record['proposed_by_name']}, confirmed by {record['confirmed_by_name']} on {day}"
        )
        for number, digest in record["versions"].items():
            self.decided[record["history_table"], int(number), digest] = f"{fields} {said}"
        of = record["record_type"]
        for table, numbers in (record.get("copies") or {}).items():
            for number, digest in numbers.items():
                self.decided[table, int(number), digest] = f"what it repeats of {fields} of {of} {said}"

    def undecided(self) -> str | None:
        """The first record that was blanked without two people's decision in the log; None when there is none."""
        return next((label for place, label in self.used.items() if place not in self.decided), None)

    def told(self) -> list[str]:
        """One line for every version and event that was redacted: which, what, by whom and why."""
        return [f"{label}: {self.decided[place]}." for place, label in self.used.items()]
