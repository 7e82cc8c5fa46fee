"""The legal moves of cases, promises, dated effects and suspensions, as data. Who may make them is in policies."""

from django.db.models import TextChoices

from core.states import Machine


class CaseKind(TextChoices):
    """What a case asks the board to decide; each is a kind of motion of its own."""

    DEPRECATE = "deprecate", "Deprecate"
    RETIRE = "retire", "Retire"
    EXTEND = "extend", "Extend"
    LIMIT_ACCESS = "limit_access", "Limit access"
    RESTORE = "restore", "Restore"
    REMOVE_WEIGHTS = "remove_weights", "Remove weights"
    RESPOND = "respond", "Respond"


class CaseState(TextChoices):
    DRAFT = "draft", "Draft"
    ASSEMBLING = "assembling", "Being assembled"
    READY = "ready", "Ready for the board"
    BALLOTED = "balloted", "Before the board"
    DECIDED = "decided", "Decided"
    IN_EFFECT = "in_effect", "In effect"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CommitmentState(TextChoices):
    OPEN = "open", "Open"
    KEPT = "kept", "Kept"
    BROKEN = "broken", "Broken"
    RELEASED = "released", "Released"


class EffectState(TextChoices):
    WAITING = "waiting", "Waiting for its day"
    CARRIED_OUT = "carried_out", "Carried out"
    REPLACED = "replaced", "Replaced by a later decision"


class SuspensionState(TextChoices):
    PROPOSED = "proposed", "Waits to be confirmed"
    IN_FORCE = "in_force", "In force, not ratified yet"
    RATIFIED = "ratified", "In force, ratified by the board"
    DROPPED = "dropped", "Not confirmed"
    LIFTED = "lifted", "Lifted early"
    REJECTED = "rejected", "Ended by the board’s vote"
    LAPSED = "lapsed", "Lapsed: not ratified in time"
    RAN_OUT = "ran_out", "Over, as the board decided"


class OurUse(TextChoices):
    EVALUATING = "evaluating", "Evaluating"
    IN_USE = "in_use", "In use"
    MOVING_OFF = "moving_off", "Moving off"
    STOPPED = "stopped", "Stopped"


CASE = Machine(
    "case",
    CaseState,
    {
        CaseState.DRAFT: [CaseState.ASSEMBLING, CaseState.READY, CaseState.WITHDRAWN],
        CaseState.ASSEMBLING: [CaseState.READY, CaseState.WITHDRAWN],
        # Editing after the freeze starts the next round; the frozen dossier stays.
        CaseState.READY: [CaseState.ASSEMBLING, CaseState.BALLOTED, CaseState.WITHDRAWN],
        # A motion returned by the board gives the case back as it is; one withdrawn there, for editing.
        CaseState.BALLOTED: [CaseState.DECIDED, CaseState.READY, CaseState.ASSEMBLING, CaseState.WITHDRAWN],
        CaseState.DECIDED: [CaseState.IN_EFFECT, CaseState.CLOSED],
        CaseState.IN_EFFECT: [CaseState.CLOSED],
    },
)

# Release is the effect of a carried motion (steps.releases); the database asks for its certificate.
COMMITMENT = Machine(
    "promise",
    CommitmentState,
    {
        CommitmentState.OPEN: [CommitmentState.KEPT, CommitmentState.BROKEN, CommitmentState.RELEASED],
        CommitmentState.BROKEN: [CommitmentState.KEPT],
    },
)

EFFECT = Machine(
    "effect",
    EffectState,
    {EffectState.WAITING: [EffectState.CARRIED_OUT, EffectState.REPLACED]},
)

# Ratified again: the board says anew how long it lasts. What lapsed or ran out did so by the clock alone.
SUSPENSION = Machine(
    "suspension",
    SuspensionState,
    {
        SuspensionState.PROPOSED: [SuspensionState.IN_FORCE, SuspensionState.DROPPED],
        SuspensionState.IN_FORCE: [
            SuspensionState.RATIFIED,
            SuspensionState.LIFTED,
            SuspensionState.REJECTED,
            SuspensionState.LAPSED,
        ],
        SuspensionState.RATIFIED: [SuspensionState.RATIFIED, SuspensionState.RAN_OUT],
    },
)


class Visibility(TextChoices):
    """What keeps a record from the public; none of these: it is public."""

    INTERNAL = "internal", "Internal"
    EMBARGOED = "embargoed", "Embargoed"


EDITABLE = (CaseState.DRAFT, CaseState.ASSEMBLING, CaseState.READY)
# States in which a requirement still stands between a case and its vote.
WAIVABLE = (*EDITABLE, CaseState.BALLOTED)
LIVE_CASE = (CaseState.DRAFT, CaseState.ASSEMBLING, CaseState.READY, CaseState.BALLOTED, CaseState.DECIDED)
