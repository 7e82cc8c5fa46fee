from django.apps import AppConfig


class EssaysConfig(AppConfig):
    name = "essays"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from essays import registrations  # noqa: F401, PLC0415  models must be loaded first
