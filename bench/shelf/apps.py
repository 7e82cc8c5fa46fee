from django.apps import AppConfig

from audit.registry import Description, describe


class ShelfConfig(AppConfig):
    name = "bench.shelf"
    label = "shelf"

    def ready(self) -> None:
        """Books have pages in the auditor's browser, as every record of the product has."""
        describe.register("shelf.TrackedBook", Description(str, lambda row: "", lambda actor, row: True))
