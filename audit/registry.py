"""What the apps above tell the auditor's browser about their records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.policies import Actor
from core.registry import Registry


@dataclass(frozen=True)
class Description:
    """How the records of one model are named, found and shown.

    `label(row)` names it, `url(row)` is where it is seen (or ""), `visible(actor, row)` says whether the actor
    may know that it exists. `restricted(row)`: reading it in the audit is itself an event.

    For what belongs to a record (belonging.py): `rests_on` names the keys it is followed by upwards; much hangs on
    a `hub` that does not belong to one record (a board, an endpoint, a person). `cites(row)`: a record it names by
    model label and id, without a key that the database knows; it is taken along.
    """

    label: Callable[[Any], str]
    url: Callable[[Any], str]
    visible: Callable[[Actor, Any], bool]
    rests_on: tuple[str, ...] = ()
    hub: bool = False
    restricted: Callable[[Any], bool] = lambda row: False
    cites: Callable[[Any], tuple[str, Any] | None] = lambda row: None


# By model label: "board.Ballot".
describe: Registry[Description] = Registry("audit.describe")

# Each gives, by model label, the ids of records that an actor may not know of now, though they may know of others
# of their kind: what was recorded about them, and with them, is left out of every list, count, export and pack.
# An app names every record that a command wrote. Under "audit.Event" it gives the numbers of events.
withheld: Registry[Callable[[Actor], Mapping[str, Iterable[Any]]]] = Registry("audit.withheld")


@dataclass(frozen=True)
class Population:
    """Records of one kind that a control test may be about (controls).

    `label` is their plural, `about` a sentence that says which records these are; `rows` are all there are,
    whatever their time, and `by` names the day or instant that puts one into a period. `parties(row)`: ids of people
    who had part in a record beyond those whom its own keys and versions name.
    """

    label: str
    about: str
    rows: QuerySet[Any]
    by: str
    parties: Callable[[Any], Iterable[Any]] = lambda row: ()

    @property
    def model(self) -> str:
        """Its label: "board.Certificate"."""
        return str(self.rows.model._meta.label)


# By key, which stands in records of control tests and in the crosswalk: "certified_decisions".
populations: Registry[Population] = Registry("audit.populations")

# Each takes texts away from what its app keeps outside history, in the command that redacts them.
forgets: Registry[Callable[[Iterable[str]], None]] = Registry("audit.forgets")

# Each is given texts by column and gives, by column, the records (label, address) that go on saying one of them
# whatever is redacted, as far as the actor may know of them: what was digested with its words.
outlasting: Registry[Callable[[Actor, Mapping[str, list[str]]], Mapping[str, list[tuple[str, str]]]]] = (
    Registry("audit.outlasting")
)

# Each gives the numbers of events after which no checkpoint is published for now (publishing.py): how fast the log
# grows since would tell what is withheld.
held_back: Registry[Callable[[], Iterable[int]]] = Registry("audit.held_back")
