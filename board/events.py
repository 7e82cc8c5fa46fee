"""The verbs of this app's events, in the past tense."""

from django.db.models import TextChoices


class Verb(TextChoices):
    FOUNDING_DRAFTED = "board.founding.drafted", "Draft of the founding saved"
    FOUNDING_PROPOSED = "board.founding.proposed", "Founding proposed"
    FOUNDING_CONFIRMED = "board.founding.confirmed", "Founding confirmed"
    FOUNDING_RETURNED = "board.founding.returned", "Founding sent back"
    BOARD_FOUNDED = "board.board.founded", "Board founded"
    TERMS_ADOPTED = "board.terms.adopted", "Voting rules adopted"
    MEMBER_SEATED = "board.seat.taken", "Member seated"
    SEAT_ENDED = "board.seat.ended", "Seat ended"
    ALTERNATE_SEATED = "board.alternate.seated", "Alternate seated for a member"
    ELECTOR_DEPARTED = "board.elector.departed", "Elector left before voting"
    MOTION_MOVED = "board.motion.moved", "Motion moved"
    MOTION_EDITED = "board.motion.edited", "Motion edited"
    MOTION_WITHDRAWN = "board.motion.withdrawn", "Motion withdrawn"
    BALLOT_OPENED = "board.ballot.opened", "Ballot opened"
    ELECTORS_REMINDED = "board.ballot.reminded", "Electors reminded"
    BALLOT_CLOSED = "board.ballot.closed", "Ballot closed"
    BALLOT_SUPERSEDED = "board.ballot.superseded", "Round ended for a new one"
    POSITION_TAKEN = "board.position.taken", "Position recorded"
    MEMBER_RECUSED = "board.recusal.declared", "Member recused themselves"
    RESULT_CERTIFIED = "board.result.certified", "Result certified"
    PACK_READ = "board.pack.read", "Board pack read"
    PACK_EXPORTED = "board.pack.exported", "Board pack exported"
    MINUTES_EXPORTED = "board.minutes.exported", "Minutes of a decision exported"
