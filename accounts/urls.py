from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.today, name="today"),
    path("read/", views.read, name="today-read"),
    path("search/", views.find, name="search"),
]
