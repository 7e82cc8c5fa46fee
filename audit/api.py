"""The seal in the public API: the last checkpoint with the log's keys, and the proof of entry of an event."""

from base64 import b64encode
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from audit.integrity import proof_of
from audit.models import Event
from audit.publishing import published
from audit.sealing import known_keys
from audit.withholding import withheld_from
from core.api import answer
from core.errors import NotFound
from core.policies import Process

router = Router(tags=["Audit"])
# Whoever asks without saying who they are.
NOBODY = Process("Nobody", roles=frozenset())


class CheckpointOut(Schema):
    """A signed statement of how many entries the log has and what their root is."""

    log: str
    size: int
    root: str
    sealed_at: datetime
    epoch: int
    note: str
    keys: list[str]


class ProofOut(Schema):
    """What proves that an entry is in the log: hash up from `leaf` at `index` along `proof` to `checkpoint`."""

    event: int
    leaf: str
    index: int
    proof: list[str]
    checkpoint: str
    keys: list[str]


@router.get("/checkpoints/latest", response=CheckpointOut, url_name="checkpoint-latest")
def latest_checkpoint(request: HttpRequest) -> HttpResponse:
    """The last published checkpoint. `note` is the signed note itself; `keys` are the log's, oldest first."""
    last = published().first()
    if last is None:
        raise NotFound("Nothing is sealed yet. The first checkpoint appears with the first seal.")
    keys = known_keys()
    body = CheckpointOut(
        log=keys[0].name,
        size=last.size,
        root=b64encode(last.root).decode(),
        sealed_at=last.at,
        epoch=last.epoch,
        note=last.note,
        keys=[str(key) for key in keys],
    )
    return answer(request, body.model_dump(mode="json"), changed_at=last.at)


@router.get("/events/{int:number}/proof", response=ProofOut, url_name="event-proof")
def event_proof(request: HttpRequest, number: int) -> HttpResponse:
    """The proof of entry of an event under the last checkpoint. It says that the entry is there, not what it says."""
    hidden = withheld_from(NOBODY).events
    event = Event.objects.filter(number=number).exclude(number__in=hidden).first()
    proved = proof_of(event) if event is not None else None
    if proved is None:
        raise NotFound(
            f"There is no sealed entry {number}. Entries are sealed some seconds after they are written."
        )
    body = ProofOut(event=number, keys=[str(key) for key in known_keys()], **proved.as_json())
    return answer(request, body.model_dump(mode="json"), changed_at=proved.checkpoint.at)
