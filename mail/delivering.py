"""One delivery, from the queue to the webhook's server: claim, ask with no transaction open, record.

At least once: a worker that dies is replaced, and the receiver knows a second copy by `webhook-id`.
"""

import time

import requests

from audit.current import opened
from core import clock
from mail.addresses import Unreachable, fault_of, guarded_session, require_public
from mail.commands.deliveries import Answer, claim_delivery, record_delivery
from mail.models import Delivery
from mail.policies import MAILER
from mail.rendering import one_line
from mail.signatures import NoSecret, secret_named, signature

#: Seconds to connect, and between two bytes of the answer (Standard Webhooks advises 15 to 30 in all).
TIMEOUTS = (5.0, 15.0)
#: Characters of an answer that are kept.
KEPT = 500


def deliver(number: int) -> Delivery | None:
    """Make one delivery if it is there to be made."""
    if opened() is not None:
        raise RuntimeError("A webhook is never told inside a command.")
    delivery = claim_delivery(actor=MAILER, number=number)
    if delivery is None:
        return None
    assert delivery.lease_token is not None
    began = time.monotonic()
    status, said = _asked(delivery)
    answer = Answer(status, said, time.monotonic() - began)
    return record_delivery(actor=MAILER, number=number, token=delivery.lease_token, answer=answer)


def headers_of(delivery: Delivery, timestamp: int) -> dict[str, str]:
    """The headers of a try; the id stays, the timestamp and with it the signature are new each time."""
    key = secret_named(delivery.webhook.secret_variable)
    delivery_id = f"msg_{delivery.delivery_id.hex}"
    return {
        "content-type": "application/json",
        "user-agent": "Emeritus",
        "webhook-id": delivery_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(key, delivery_id=delivery_id, timestamp=timestamp, body=delivery.body),
    }


def _asked(delivery: Delivery) -> tuple[int | None, str]:
    url = delivery.webhook.url
    try:
        if fault := fault_of(url):
            raise Unreachable(fault)
        headers = headers_of(delivery, int(clock.now().timestamp()))
        require_public(url)
        with (
            guarded_session() as session,
            session.post(
                url,
                data=delivery.body.encode(),
                headers=headers,
                timeout=TIMEOUTS,
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            said = response.raw.read(KEPT, decode_content=False) or b""
            return response.status_code, one_line(said.decode("utf-8", "replace"))
    except (Unreachable, NoSecret) as error:
        return None, str(error)
    except (requests.RequestException, OSError) as error:
        # What went wrong underneath says more than the number of tries around it.
        cause = getattr(error.args[0] if error.args else None, "reason", error)
        return None, one_line(f"{type(cause).__name__}: {cause}")[:KEPT]
