"""What a founding proposes, and what still forbids proposing it. Pure: no ORM, no clock.

The people stand in a fixed order: first who proposes, second who confirms, then everybody else.
"""

from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from core.digests import digest_of

ELECTORS = ("chair", "vice_chair", "member")
KEEPERS = ("steward", "secretary")
# The fewest who can act, and how many may vote at all, by profile.
FLOORS = {"watch": 2, "small_team": 2, "lab": 3}
SIZES = {"watch": (2, 5), "small_team": (3, 5), "lab": (3, 300)}
PROFILES = {"watch": "Watch", "small_team": "Small team", "lab": "Lab"}


@dataclass(frozen=True)
class Founder:
    """One person of the founding: how they are reached, the seat they get, the roles they are granted.

    `ends_on`: last day of the term of office, as an ISO date or "" for none.
    """

    name: str
    email: str
    affiliation: str = ""
    seat: str = ""
    ends_on: str = ""
    roles: tuple[str, ...] = ()

    @property
    def granted(self) -> tuple[str, ...]:
        """The roles asked for, and the one the seat needs."""
        needed = "secretary" if self.seat == "secretary" else "board_member" if self.seat else ""
        return (*self.roles, needed) if needed and needed not in self.roles else self.roles

    @property
    def empty(self) -> bool:
        return not (self.name or self.email)


@dataclass(frozen=True)
class Proposal:
    """Everything a founding does, as one document."""

    organisation: str = ""
    profile: str = ""
    public_site: bool = True
    roll_call: str = "names"
    board: str = ""
    act_floor: int = 2
    notice_days: int = 60
    demonstration: bool = False
    people: tuple[Founder, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "people": [{**asdict(one), "roles": [*one.roles]} for one in self.people]}

    def recorded(self, salt: str) -> dict[str, Any]:
        """As it is kept for good: every address as a salted digest, since records cannot be erased."""
        data = self.as_data()
        for one in data["people"]:
            one["email"] = digest_of([salt, one["email"].strip().lower()])
        return data


def from_data(data: dict[str, Any]) -> Proposal:
    """The other way round; what an older draft lacks gets its default."""
    known = {key: value for key, value in data.items() if key in Proposal.__dataclass_fields__}
    people = tuple(Founder(**{**one, "roles": tuple(one["roles"])}) for one in known.pop("people", ()))
    return Proposal(**known, people=people)


def tidied(proposal: Proposal) -> Proposal:
    """Without spaces around words and without empty lines; who proposes and who confirms keep their places."""
    people = [
        replace(
            one,
            name=one.name.strip(),
            email=one.email.strip().lower(),
            affiliation=one.affiliation.strip(),
        )
        for one in proposal.people
    ]
    kept = tuple(one for place, one in enumerate(people) if place < 2 or not one.empty)
    return replace(
        proposal, organisation=proposal.organisation.strip(), board=proposal.board.strip(), people=kept
    )


def obstacles(proposal: Proposal, today: date) -> list[str]:
    """What is still missing or wrong, a sentence each; empty when it can be proposed."""
    return [*_about_the_house(proposal), *_about_people(proposal, today), *_about_the_board(proposal)]


def _about_the_house(proposal: Proposal) -> list[str]:
    found = []
    if not proposal.organisation:
        found.append("Name the organisation.")
    if proposal.profile not in PROFILES:
        found.append("Choose a profile: Watch, Small team or Lab.")
    if proposal.roll_call not in ("totals", "affiliations", "names"):
        found.append("Choose what public decisions tell of who voted how.")
    if not proposal.board:
        found.append("Name the board.")
    return found


def _about_people(proposal: Proposal, today: date) -> list[str]:
    found = []
    if len(proposal.people) < 2 or proposal.people[1].empty:
        found.append("Name the second person, who confirms the founding.")
    for one in proposal.people:
        if not one.empty and not (one.name and "@" in one.email):
            found.append(f"Give name and e-mail address of {one.name or one.email}.")
        if one.ends_on and date.fromisoformat(one.ends_on) < today:
            found.append(f"The term of office of {one.name} is over already. Choose a later day.")
    addresses = Counter(one.email for one in proposal.people if one.email)
    found += [f"{address} stands there twice." for address, count in addresses.items() if count > 1]
    keepers = {role: {one.email for one in proposal.people if role in one.granted} for role in KEEPERS}
    if not all(keepers.values()):
        found.append("Somebody must be steward and somebody secretary.")
    elif len(keepers["steward"] | keepers["secretary"]) < 2:
        found.append(
            "Steward and secretary must be two people, so that each grants what the other may not grant themselves."
        )
    return found


def _about_the_board(proposal: Proposal) -> list[str]:
    found = []
    seats = Counter(one.seat for one in proposal.people if one.seat)
    electors = sum(seats[seat] for seat in ELECTORS)
    if seats["chair"] != 1:
        found.append("The board needs one chair.")
    if not seats["secretary"]:
        found.append("The board needs a secretary, who opens, closes and certifies its votes.")
    if proposal.profile in PROFILES:
        least, most = SIZES[proposal.profile]
        if not least <= electors <= most:
            found.append(
                f"A board of the profile {PROFILES[proposal.profile]} has {least} to {most} people who vote; "
                f"here {'is' if electors == 1 else 'are'} {electors}."
            )
    if proposal.act_floor < 2:
        found.append("At least two must be able to act: choose 2 or more.")
    elif electors and proposal.act_floor > electors:
        found.append(
            f"{proposal.act_floor} must be able to act, but only {electors} vote. Lower the number or seat more."
        )
    return found


@dataclass(frozen=True)
class Card:
    """What a profile brings, in plain words: what is asked of a case, who decides, what is public, what is shown."""

    key: str
    name: str
    sentence: str
    requirements: str
    voting: str
    public: str
    navigation: str


CARDS = (
    Card(
        "watch",
        "Watch",
        "You use models of others and have none of your own.",
        "What we do about a vendor’s date, with a replacement named. No interview, no weights, no notice of our own.",
        "Two to five people vote; two are enough to act. Every approval needs both of two.",
        "Your register of what is ending, your decisions. Both can stay inside.",
        "Today, Models, Cases, Board and Records. No interviews and no essays.",
    ),
    Card(
        "small_team",
        "Small team",
        "You run a few models, open weights or your own.",
        "Days of notice, an interview with the model signed by two, and a replacement, or why there is none.",
        "Three to five people vote, with alternates; two are enough to act.",
        "Register, decisions and essays, or nothing at all.",
        "Everything.",
    ),
    Card(
        "lab",
        "Lab",
        "You make models, and others depend on them.",
        "Days of notice, an interview with the model signed by two, and a replacement, or why there is none.",
        "A board of three or more, with alternates; three are usual as the fewest who can act.",
        "Register, decisions and essays, or nothing at all.",
        "Everything.",
    ),
)
