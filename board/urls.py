"""Desk addresses of this app."""

app_name = "board"
urlpatterns: list[object] = []
