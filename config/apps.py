from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator
from django.forms import Field


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401, PLC0415  registers itself once settings are loaded

        # Every text field of every form brings this validator along; Django's own words say nothing of what to do.
        ProhibitNullCharactersValidator.message = (
            "There is a sign in this text that cannot be kept, usually from copying. Type the text anew."
        )
        Field.default_error_messages["required"] = "This needs an answer."
