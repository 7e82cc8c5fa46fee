"""What can happen to endpoints and calls."""

from enum import StrEnum


class Verb(StrEnum):
    ENDPOINT_REGISTERED = "modelcalls.endpoint.registered"
    ENDPOINT_CHANGED = "modelcalls.endpoint.changed"
    ENDPOINT_CHECKED = "modelcalls.endpoint.checked"
    CALL_QUEUED = "modelcalls.call.queued"
    CALL_CLAIMED = "modelcalls.call.claimed"
    CALL_LOST = "modelcalls.call.lost"
    ATTEMPT_RECORDED = "modelcalls.attempt.recorded"
    CALL_ASKED_AGAIN = "modelcalls.call.asked_again"
    CALL_DELIVERED = "modelcalls.call.delivered"
    CALL_CANCELLED = "modelcalls.call.cancelled"
