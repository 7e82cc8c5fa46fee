"""Conditions that several commands ask for. They change nothing."""

from __future__ import annotations

from uuid import UUID

from core.errors import IllegalMove, NotAllowed, Unacceptable
from core.policies import Actor
from interviews import design as designs
from interviews.models import Design, Interview
from lifecycle.models import AIModel
from modelcalls.models import Endpoint


def design_of(interview: Interview) -> Design:
    """The design with what it rests on."""
    return Design.objects.select_related("endpoint", "protocol_version").get(interview=interview)


def checked_endpoint(ai_model: AIModel, temperature: float | None) -> Endpoint:
    """Where the model can be asked. Unacceptable: nowhere, switched off, or it takes no temperature."""
    endpoint = ai_model.endpoint
    if endpoint is None or not endpoint.active:
        raise Unacceptable(
            f"{ai_model.name} has no endpoint at which it can be asked. A steward can give it one.", "case"
        )
    if temperature is not None and not endpoint.takes_temperature:
        raise Unacceptable(f"“{endpoint.name}” takes no temperature. Leave it empty.", "temperature")
    return endpoint


def require_as_registered(design: Design) -> None:
    """IllegalMove when what was registered is no longer what would be run."""
    if designs.digest(design.document) != design.digest:
        raise IllegalMove("The design is not the one that was registered. Tell an auditor.")
    if design.protocol_version.digest != design.document["protocol"]:
        raise IllegalMove("The protocol is not the one the design was registered with. Tell an auditor.")
    registered = design.document["model"]
    answers = sorted(design.endpoint.accepted_names)
    if (design.endpoint.model, answers) != (registered["requested"], registered["accepted"]):
        raise IllegalMove(
            "The endpoint was changed since this design was registered. Plan the interview again."
        )
    if not design.endpoint.active:
        raise IllegalMove("The endpoint is switched off. A steward can switch it on again.")


def require_reason(reason: str, sentence: str) -> None:
    """Unacceptable with this sentence when the reason is empty."""
    if not reason.strip():
        raise Unacceptable(sentence, "reason")


def acting(actor: Actor) -> UUID:
    """The person who acts. NotAllowed for a process: what is written here bears somebody's name."""
    if actor.id is None:
        raise NotAllowed("A person does this, not a process.")
    return actor.id
