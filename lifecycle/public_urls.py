from django.urls import path

from lifecycle.views import public

app_name = "lifecycle_public"
urlpatterns = [
    path("", public.register, name="register"),
    path("models/<slug:slug>/", public.ai_model, name="model"),
]
