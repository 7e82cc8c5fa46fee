"""A person's private calendar address. Outside history: whoever knows it reads when their votes close."""

from django.db import models


class CalendarAddress(models.Model):
    """One secret address per person, known here by its digest alone. Made anew, the old one answers no more."""

    person = models.OneToOneField("accounts.Person", models.PROTECT, primary_key=True, related_name="+")
    digest = models.TextField(unique=True, help_text="SHA-256 of the secret part of the address")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "calendar address"
        verbose_name_plural = "calendar addresses"

    def __str__(self) -> str:
        return "A calendar address"
