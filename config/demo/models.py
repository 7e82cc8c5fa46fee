"""The AI models of the demonstration: the fictional ones, the local test model, and what is known of a real one."""

from datetime import date

from django.conf import settings

from config.demo.people import actor
from lifecycle.commands import ai_models
from lifecycle.models import AIModel
from lifecycle.stages import Kind
from modelcalls import commands as modelcalls
from modelcalls.models import Endpoint

MODEL_NAME = "smollm2-135m-instruct"
PROVIDER = "The Aldgate Institute"
MODELS = (
    ("Haldane 3", date(2026, 3, 1), "Reads letters in the hands of four centuries."),
    ("Wren", date(2024, 9, 2), "Answers at the help desk of the reading room."),
)


def local_endpoint() -> Endpoint:
    """The test model on this machine, at the address where it answers now."""
    at = settings.LOCAL_MODEL_URL.rstrip("/")
    found = Endpoint.objects.filter(base_url=at, active=True).first()
    return found or modelcalls.register_endpoint(
        actor=actor("steward"),
        name=f"Test model at {at.partition('://')[2]}",
        adapter="openai",
        base_url=at,
        model=MODEL_NAME,
        parameters={"temperature": True},
    )


def add_what_opus_3_kept() -> None:
    """Beside the imported dates of Claude Opus 3, what its provider said about access to it afterwards."""
    opus = AIModel.objects.filter(slug__contains="claude-3-opus", ours=False).first()
    if opus is None or opus.facts.filter(kind=Kind.ACCESS_CHANGE).exists():
        return
    ai_models.state_fact(
        actor=actor("steward"),
        ai_model_id=opus.id,
        kind=Kind.ACCESS_CHANGE,
        effective=date(2026, 1, 5),
        value="Still offered to all paying users of the provider’s chat, and by request through its API",
        source="Anthropic, update on model deprecation commitments for Claude Opus 3",
        url="https://www.anthropic.com/research/deprecation-updates-opus-3",
    )


def ensure_models() -> None:
    """The fictional models of the Aldgate Institute, as they stand before anything was decided about them."""
    for name, released_on, description in MODELS:
        if not AIModel.objects.filter(name=name, provider=PROVIDER).exists():
            ai_models.register_ai_model(
                actor=actor("steward"),
                name=name,
                provider=PROVIDER,
                family=name.split()[0],
                ours=True,
                released_on=released_on,
                description=f"{description} Written for this demonstration.",
            )
