"""Every change to people, their roles and their sign-in. One command each; never one from another."""

from accounts.commands.people import (
    admit_person,
    appoint,
    deactivate_person,
    edit_person,
    invite_person,
    reactivate_person,
)
from accounts.commands.roles import (
    grant_role,
    revoke_role,
)
from accounts.commands.sign_in import (
    ask_password_reset,
    end_sessions,
    give_authenticator,
    note_factor_added,
    note_factor_confirmed,
    note_factor_removed,
    note_failed_factor,
    note_failed_sign_in,
    note_password_change,
    note_recovery_code_used,
    note_recovery_codes,
    note_sign_in,
    note_sign_out,
)
from accounts.commands.visibility import (
    change_visibility,
)

__all__ = [
    "admit_person",
    "appoint",
    "ask_password_reset",
    "change_visibility",
    "deactivate_person",
    "edit_person",
    "end_sessions",
    "give_authenticator",
    "grant_role",
    "invite_person",
    "note_factor_added",
    "note_factor_confirmed",
    "note_factor_removed",
    "note_failed_factor",
    "note_failed_sign_in",
    "note_password_change",
    "note_recovery_code_used",
    "note_recovery_codes",
    "note_sign_in",
    "note_sign_out",
    "reactivate_person",
    "revoke_role",
]
