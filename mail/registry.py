"""What apps above tell of their mails (one kind per occasion) and of what webhooks may know (groups of verbs)."""

from collections.abc import Callable, Mapping
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


# The key of the daily mail to auditors.
CHECKPOINT = "audit.checkpoint.told"

# The key of the mail before a role ends.
ENDING = "accounts.role.ending"

# The key of the digest, whose rhythm each person chooses (mail.states.DigestRhythm).
DIGEST = "mail.digest.made"

# By key: "board.ballot.opened".
kinds: Registry[MessageKind] = Registry("mail.kinds")


@dataclass(frozen=True)
class Fact:
    """What a webhook is told of an event: how its subject is called, and the path of its public page."""

    label: str
    url: str


@dataclass(frozen=True)
class Group:
    """Events of public facts a webhook can be told of. `fact(target_id)` reads the subject: None when not public."""

    label: str
    verbs: frozenset[str]
    fact: Callable[[str], Fact | None]


# By key: "decisions".
groups: Registry[Group] = Registry("mail.groups")
