"""Credentials (`User`, never in any history), people, their roles, and the organisation they act for."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.states import Profile, Role, RollCall
from audit.models import TrackedModel
from core.search import search_indexes

__all__ = ["Organisation", "Person", "Role", "RoleGrant", "User", "Visit"]

# The one row there can be: an installation serves one organisation.
THE_ORGANISATION = UUID(int=1)


class UserManager(BaseUserManager["User"]):
    """Users are made by accounts.steps; there is no superuser to make."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """How a person signs in: an e-mail address and secrets. Who they are is `Person`."""

    last_login = None  # would write to the row at each sign-in; the event says it
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_whatever_its_case")]

    def __str__(self) -> str:
        return self.email


# What the search reads of it.
PERSON_WORDS = ("name", "affiliation")


class Person(TrackedModel):
    """Someone who acts here. Never deleted: deactivated."""

    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="person")
    name = models.CharField(max_length=200)
    affiliation = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = search_indexes("person", "name", PERSON_WORDS)
        verbose_name_plural = "people"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class RoleGrant(TrackedModel):
    """One role, given to one person for a term by somebody else."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.TextField(choices=Role)
    granted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", help_text="empty at the installation's beginning"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("person")),
                name="nobody_grants_their_own_role",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(revoked_at__isnull=True),
                name="one_live_grant_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).label} for {self.person}"

    @property
    def ended_by_itself(self) -> bool:
        """Whether its term was over before it was revoked, or replaced by a later grant."""
        return bool(self.ends_at and self.revoked_at and self.ends_at <= self.revoked_at)


class Organisation(TrackedModel):
    """Whose installation this is, since its founding. One row; until it is founded there is none."""

    name = models.CharField(max_length=200)
    profile = models.TextField(choices=Profile)
    public_site = models.BooleanField(help_text="whether there are pages for people who are not signed in")
    roll_call = models.TextField(choices=RollCall, help_text="what a public decision tells of who voted how")
    founded_at = models.DateTimeField()
    founded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=THE_ORGANISATION), name="organisation_is_the_only_one"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=~Q(founded_by=F("confirmed_by")), name="organisation_founded_by_two"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """Up to which event somebody has seen what changed, for Today. Not tracked: reading is not governance.

    `since`: what is newer is shown as changed. `here`: the newest event at the last look; the next visit, an
    hour or more later, begins there.
    """

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    since = models.BigIntegerField(default=0, help_text="number of an event")
    since_at = models.DateTimeField(null=True)
    here = models.BigIntegerField(default=0, help_text="number of an event")
    here_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Visit of {self.person_id}"
