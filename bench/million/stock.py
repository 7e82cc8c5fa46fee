"""The stock reference: the Django admin and django-simple-history's, as they come, on the same rows.

The same columns and page sizes as ours, behind the same middleware.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import include, path
from simple_history.admin import SimpleHistoryAdmin

from accounts.models import User
from audit.views import records
from audit.views.timeline import PAGE
from bench.shelf.models import HistoricBook


class OpenSite(admin.AdminSite):
    """For whoever is signed in: our users are nobody's staff."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


class _Open:
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HistoryAdmin(_Open, admin.ModelAdmin):
    """The changelist over all versions."""

    list_display = (
        "history_date",
        "history_user",
        "history_type",
        "title",
        "history_change_reason",
        "history_id",
    )
    list_per_page = PAGE


class BookAdmin(_Open, SimpleHistoryAdmin):
    """With the history of one book."""

    history_list_per_page = records.PAGE


class UserAdmin(_Open, admin.ModelAdmin):
    """The history links to whoever changed a book."""


site = OpenSite("admin")
site.register(HistoricBook.history.model, HistoryAdmin)
site.register(HistoricBook, BookAdmin)
site.register(User, UserAdmin)

urlpatterns = [path("admin/", site.urls), path("", include("config.urls"))]
