from django.urls import path

from audit import public

app_name = "audit_public"
urlpatterns = [
    path("transparency/", public.transparency, name="transparency"),
    path("transparency/checkpoint/", public.latest_checkpoint, name="checkpoint-latest"),
    path("transparency/checkpoints/<int:size>/", public.checkpoint, name="checkpoint"),
    path("transparency/verify.py", public.verifier, name="verifier"),
]
