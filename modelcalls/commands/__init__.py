"""What can be done with endpoints and calls. One verb, one transaction, one command each."""

from modelcalls.commands.calls import MOST_ASKINGS, cancel_call, deliver_call, retry_call
from modelcalls.commands.endpoints import CHECK, QUESTION, change_endpoint, check_endpoint, register_endpoint
from modelcalls.commands.running import Lease, claim_call, record_attempt

__all__ = [
    "CHECK",
    "MOST_ASKINGS",
    "QUESTION",
    "Lease",
    "cancel_call",
    "change_endpoint",
    "check_endpoint",
    "claim_call",
    "deliver_call",
    "record_attempt",
    "register_endpoint",
    "retry_call",
]
