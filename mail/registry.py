"""What apps above (and mail itself, for accounts below) tell of their mails: one kind per occasion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.registry import Registry


@dataclass(frozen=True)
class MessageKind:
    """One kind of mail.

    `label` names it for the people who choose ("A vote was opened"); `template` is a text file under templates/,
    whose first line is the subject; `action` stands above the mail's one link ("Open the vote"); `why` ends the
    sentence "You get this because …". `example`: a context for the preview. One that is not `optional` cannot be
    switched off: duties and security. One that is `secret` holds a link that signs in, and is blanked once sent.
    """

    label: str
    template: str
    action: str
    why: str
    example: Mapping[str, Any] = field(default_factory=dict)
    optional: bool = True
    secret: bool = False


# The key of the digest, whose rhythm each person chooses (mail.states.DigestRhythm).
DIGEST = "mail.digest.made"

# By key: "board.ballot.opened".
kinds: Registry[MessageKind] = Registry("mail.kinds")
