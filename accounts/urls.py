from django.urls import path

from accounts.views import people, today, visibility

app_name = "accounts"
urlpatterns = [
    path("", today.today, name="today"),
    path("read/", today.read, name="today-read"),
    path("search/", today.find, name="search"),
    path("people/", people.people, name="people"),
    path("people/new/", people.admit, name="person-admit"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/edit/", people.edit, name="person-edit"),
    path("people/<uuid:person_id>/grant/", people.grant, name="person-grant"),
    path("people/<uuid:person_id>/deactivate/", people.deactivate, name="person-deactivate"),
    path("people/<uuid:person_id>/reactivate/", people.reactivate, name="person-reactivate"),
    path("people/<uuid:person_id>/invite/", people.invite, name="person-invite"),
    path("grants/<uuid:grant_id>/revoke/", people.revoke, name="grant-revoke"),
    path("visibility/", visibility.visibility, name="visibility"),
]
