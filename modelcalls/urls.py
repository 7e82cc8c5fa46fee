from django.urls import URLPattern

app_name = "modelcalls"
urlpatterns: list[URLPattern] = []
