from django.apps import AppConfig


class ControlsConfig(AppConfig):
    name = "controls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from controls import registrations  # noqa: F401, PLC0415  models must be loaded first
