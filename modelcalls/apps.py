from django.apps import AppConfig


class ModelCallsConfig(AppConfig):
    name = "modelcalls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from modelcalls import registrations  # noqa: F401, PLC0415  models must be loaded first
