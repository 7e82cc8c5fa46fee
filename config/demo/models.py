"""The AI models of the demonstration: the fictional ones, the local test model, and what is known of a real one."""

from datetime import date

from django.conf import settings

from config.demo import texts
from config.demo.people import actor
from lifecycle.commands import ai_models
from lifecycle.models import AIModel
from lifecycle.stages import Kind
from modelcalls import commands as modelcalls
from modelcalls.models import Endpoint

MODEL_NAME = "smollm2-135m-instruct"
PROVIDER = "The Aldgate Institute"
MODELS = (
    ("Haldane 1", "", date(2022, 10, 3), "Read the card catalogue, 1,140,000 cards in oak drawers."),
    ("Haldane 2", "Haldane 1", date(2024, 2, 12), "Reads old handwriting: letters, registers, accounts."),
    ("Haldane 3", "Haldane 2", date(2026, 3, 1), "Reads letters in the hands of four centuries."),
    ("Wren", "", date(2024, 9, 2), "Answers at the help desk of the reading room."),
)

# Sources as read in 2026: kind, true on, in our words, who says so, where.
OPUS_3 = (
    (
        Kind.ACCESS_CHANGE,
        None,
        ("From 5 January 2026 still offered to all paying users of the provider’s chat, and by request through its"
        " API. A column of weekly"
        " essays for at least three months (13 weeks), reviewed, not edited, with a high bar for a veto. Counts it as"
        " the first of the provider’s models to go through a full retirement process"),
        "Anthropic, update on model deprecation commitments for Claude Opus 3",
        "https://www.anthropic.com/research/deprecation-updates-opus-3",
    ),
    (
        Kind.ACCESS_CHANGE,
        None,
        ("A column of essays by the model. Counts it as the provider’s second model to go through a full retirement"
        " process"),
        "Anthropic, introduction to the column of Claude Opus 3",
        "https://claudeopus3.substack.com/p/introducing-claudes-corner",
    ),
    (
        Kind.RETIRED_ON,
        date(2026, 1, 5),
        "",
        "Anthropic, update on model deprecation commitments for Claude Opus 3",
        "https://www.anthropic.com/research/deprecation-updates-opus-3",
    ),
)  # fmt: skip


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
    """Beside the imported dates of Claude Opus 3, what its provider said of it: each claim with its own source.

    Facts only, in our words. The two texts count differently; both stand.
    """
    opus = AIModel.objects.filter(name="claude-3-opus-20240229", provider="Anthropic").first()
    if opus is None:
        return
    for kind, effective, value, source, url in OPUS_3:
        if not opus.facts.filter(kind=kind, source__name=source).exists():
            ai_models.state_fact(
                actor=actor("steward"),
                ai_model_id=opus.id,
                kind=kind,
                effective=effective,
                value=value,
                source=source,
                url=url,
            )


def ensure_models() -> None:
    """The fictional models of the Aldgate Institute, as they stand before anything was decided about them."""
    for name, before, released_on, description in MODELS:
        if not AIModel.objects.filter(name=name, provider=PROVIDER).exists():
            ai_models.register_ai_model(
                actor=actor("steward"),
                name=name,
                provider=PROVIDER,
                family=name.split()[0],
                ours=True,
                released_on=released_on,
                succeeds_id=AIModel.objects.get(name=before, provider=PROVIDER).id if before else None,
                description=f"{description} {texts.LABEL}",
            )
