"""The roles a person can be granted."""

from django.db.models import TextChoices


class Role(TextChoices):
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
