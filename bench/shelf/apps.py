from django.apps import AppConfig


class ShelfConfig(AppConfig):
    name = "bench.shelf"
    label = "shelf"
