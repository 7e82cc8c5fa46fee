"""Which records are kept under history."""

from django.apps import apps

from audit.models import UNTRACKED, TrackedModel


def tracked_models() -> list[type[TrackedModel]]:
    """Every model of ours that keeps history, in the order of their labels."""
    return sorted(
        (m for m in apps.get_models() if issubclass(m, TrackedModel) and m._meta.label not in UNTRACKED),
        key=lambda m: m._meta.label,
    )


def tracked_model(label: str) -> type[TrackedModel] | None:
    """The model of this label, if it keeps history."""
    return next((model for model in tracked_models() if model._meta.label.lower() == label.lower()), None)
