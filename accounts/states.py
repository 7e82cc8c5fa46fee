"""The roles a person can be granted, and what an organisation chooses when it is founded."""

from django.db import models


class Role(models.TextChoices):
    """Granted for a term, by an event. Chair and alternate are seats of a board, not roles."""

    STEWARD = "steward", "Steward"
    BOARD_MEMBER = "board_member", "Board member"
    SECRETARY = "secretary", "Secretary"
    INTERVIEWER = "interviewer", "Interviewer"
    CODER = "coder", "Coder (transcripts)"
    EDITOR = "editor", "Editor"
    PUBLISHER = "publisher", "Publisher"
    ARCHIVIST = "archivist", "Archivist"
    AUDITOR = "auditor", "Auditor"


class Profile(models.TextChoices):
    """What an installation is for. Sets which requirements apply, the voting rules' size, and what is offered."""

    WATCH = "watch", "Watch"
    SMALL_TEAM = "small_team", "Small team"
    LAB = "lab", "Lab"


class RollCall(models.TextChoices):
    """What a public decision tells of who voted how. The result itself is always public with it."""

    TOTALS = "totals", "Totals only"
    AFFILIATIONS = "affiliations", "Affiliations"
    NAMES = "names", "Names"
