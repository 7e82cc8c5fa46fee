"""What can happen to people and their sign-in."""

from enum import StrEnum


class Verb(StrEnum):
    APPOINTED = "accounts.person.appointed"
    ADMITTED = "accounts.person.admitted"
    EDITED = "accounts.person.edited"
    DEACTIVATED = "accounts.person.deactivated"
    REACTIVATED = "accounts.person.reactivated"
    INVITED = "accounts.person.invited"
    ORGANISATION_FOUNDED = "accounts.organisation.founded"
    VISIBILITY_CHANGED = "accounts.visibility.changed"
    ROLE_GRANTED = "accounts.role.granted"
    ROLE_REVOKED = "accounts.role.revoked"
    SIGNED_IN = "accounts.sign_in.succeeded"
    SIGN_IN_FAILED = "accounts.sign_in.failed"
    SIGNED_OUT = "accounts.sign_in.ended"
    PASSWORD_CHANGED = "accounts.password.changed"
    PASSWORD_RESET_ASKED = "accounts.password.reset_asked"
    FACTOR_ADDED = "accounts.factor.added"
    FACTOR_REMOVED = "accounts.factor.removed"
    FACTOR_CONFIRMED = "accounts.factor.confirmed"
    FACTOR_FAILED = "accounts.factor.failed"
    RECOVERY_CODES_MADE = "accounts.recovery_codes.made"
    RECOVERY_CODE_USED = "accounts.recovery_code.used"
    SESSION_ENDED = "accounts.session.ended"
