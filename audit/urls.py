from django.urls import path

from audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.timeline, name="event-timeline"),
    path("audit/<int:number>/", views.event, name="event-record"),
    path("audit/<int:number>/proof/", views.proof, name="event-proof"),
]
