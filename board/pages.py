"""What pages show of a ballot, put together once: roll, standing, sentences, and what this viewer may do.

Between views and queries: no request, no form, no HTML. Words come from `board.wording`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.http import QueryDict

from board import explanation, policies, wording
from board.acts import Acts, Done, acts_of
from board.choices import Choice, choices_of
from board.models import Ballot, Certificate, Recusal, Seat
from board.queries import electors_of, roll_of
from board.registry import MotionKind, Paper, Subject, kinds
from board.roll import Line, Roll, Stance
from board.standing import Standing, standing
from board.states import BallotState
from board.tally import Counts, Terms, decide
from core import clock
from core.paging import Page, page_of
from core.policies import Actor, Verdict

Row = TypeVar("Row")

#: More electors than this are a crowd.
CROWD = 100
#: Lines of a roll, and entries of a history, on a page.
SIZE = 50
UNKNOWN_KIND = MotionKind(label="Unknown kind", terms="retirement")


@dataclass(frozen=True)
class Cell:
    """One elector as the tally draws it. `repeats`: what it says in the words of other records."""

    name: str
    role: str
    position: str
    you: bool
    recorded: datetime | None
    reason: str
    affiliation: str = ""
    note: str = ""
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True)
class BallotPage:
    """Everything a page of one ballot needs besides its form.

    While it is secret the roll is masked, so that what is made of it tells of nobody but the viewer.
    """

    ballot: Ballot
    kind: MotionKind
    now: datetime
    roll: Roll
    standing: Standing
    mine: Line | None
    may_vote: Verdict
    may_close: Verdict
    may_certify: Verdict
    secretary: bool
    acts: Acts
    choices: list[Choice]

    @property
    def taking_votes(self) -> bool:
        return self.ballot.state == BallotState.OPEN and self.now < self.ballot.closes_at

    @property
    def secret(self) -> bool:
        """Whether positions are secret now: no count, no marks, not even who has voted."""
        return self.ballot.keeps_secret

    @property
    def due(self) -> bool:
        """Its time has come and nobody has closed it yet."""
        return self.ballot.state == BallotState.OPEN and self.now >= self.ballot.closes_at

    @property
    def cells(self) -> list[Cell]:
        return [cell_of(line, self.mine) for line in self.roll.lines]

    @property
    def where_it_stands(self) -> str:
        return wording.standing_sentence(self.standing, [line.name for line in self.roll.having("hold")])

    @property
    def participation(self) -> str:
        return wording.participation_sentence(self.roll.counts)

    @property
    def result(self) -> str:
        return wording.result_sentence(self.roll.counts, self.standing.outcome)

    @property
    def arithmetic(self) -> dict[str, Any]:
        return arithmetic_of(self.ballot.arithmetic, self.roll.counts)

    @property
    def changes(self) -> list[str]:
        """What would change the result, for an open vote."""
        recused = [line.name for line in self.roll.having("recused")]
        return explanation.prospects(self.ballot.arithmetic, self.standing, recused)

    @property
    def history(self) -> list[Done]:
        """What was done in this round, oldest first, as far as it counts."""
        opened = f"Opened with {wording.counted(len(self.roll.lines), 'elector')}"
        done = [
            Done(self.ballot.opens_at, opened + (", secret until its close" if self.ballot.secret else ""))
        ]
        for line in self.roll.lines:
            done += _entries_of(line, self.ballot.hold_lapse, self.now)
        done += self.acts.done
        if self.ballot.closed_at:
            done.append(Done(self.ballot.closed_at, "Closed"))
        certificate = getattr(self.ballot, "certificate", None)
        if certificate:
            done.append(Done(certificate.certified_at, f"Certified as decision {certificate.number}"))
        return sorted(done, key=lambda entry: entry.at)

    @property
    def seen(self) -> str:
        """What the form of this page shows: the revision of the text and how many positions the viewer has taken.

        Not the number of the last one, which counts those of the others.
        """
        own = sum(not stance.contested for stance in self.mine.stances) if self.mine else 0
        return f"{self.ballot.motion.revision}.{own}"

    @property
    def to_answer(self) -> Stance | None:
        """The viewer's position as the secretary entered it, while they have not said whether it is theirs."""
        latest = self.mine.latest if self.mine else None
        if self.mine is None or latest is None or self.ballot.state not in ("open", "closed"):
            return None
        return latest if latest.entered_by_id != self.mine.person_id and not latest.confirmed else None

    @property
    def silent(self) -> list[Line]:
        return self.roll.having("silent")

    @property
    def holds(self) -> list[Line]:
        return self.roll.having("hold")

    @property
    def crowd(self) -> bool:
        """So many that the live part is drawn anew less often."""
        return len(self.roll.lines) > CROWD

    @property
    def restricted(self) -> bool:
        """Recused members do not get the papers."""
        return self.mine is not None and self.mine.status == "recused"


def ballot_page(actor: Actor, ballot: Ballot) -> BallotPage:
    """The page of a ballot for somebody who may read it. Queries grow with the kinds of act alone."""
    now = clock.now()
    electors = list(electors_of(ballot))
    roll = roll_of(ballot, now, electors)
    if ballot.keeps_secret:
        roll = roll.masked(actor.id)
    secretary = policies.is_secretary_of(actor, ballot.motion.board_id)
    elector = next((row for row in electors if row.person_id == actor.id), None)
    acts = acts_of(ballot)
    return BallotPage(
        acts=acts,
        choices=choices_of(actor, ballot, electors, roll, acts, now=now, secretary=secretary),
        ballot=ballot,
        kind=kind_of(ballot.motion.kind),
        now=now,
        roll=roll,
        standing=standing(ballot.arithmetic, roll.counts),
        mine=roll.line_of(actor.id),
        may_vote=policies.may_take_position(actor, ballot, elector, secretary=secretary),
        may_close=policies.may_close_ballot(actor, ballot, secretary=secretary),
        may_certify=policies.may_certify_result(actor, ballot, secretary=secretary),
        secretary=secretary,
    )


def roll_call(page: BallotPage, asked: QueryDict) -> Page[Line]:
    """The roll, a page at a time."""
    return in_order(page.roll.lines, asked, name="roll")


def history_of(page: BallotPage, asked: QueryDict) -> Page[Done]:
    """What was done in this round, the latest first, a page at a time."""
    return in_order(page.history[::-1], asked, name="history")


def in_order(rows: Sequence[Row], asked: QueryDict, *, name: str) -> Page[Row]:
    """A page of a list that is in order already."""
    turned = page_of(list(enumerate(rows)), asked, key=lambda row: (row[0],), size=SIZE, name=name)
    return turned.showing([row for _, row in turned.rows])


def papers_for(page: BallotPage, actor: Actor) -> list[Paper]:
    """What this viewer may read before the vote: what is asked beyond its words, and the papers."""
    motion = page.ballot.motion
    asked = page.kind.asks(motion)
    return asked if page.restricted else [*asked, *page.kind.papers(actor, motion)]


def kind_of(key: str) -> MotionKind:
    """The kind of a motion; a placeholder when the app that knew it is gone."""
    return kinds.get(key) if key in kinds else UNKNOWN_KIND


def subject_of(page: BallotPage) -> Subject | None:
    return page.kind.subject(page.ballot.motion)


def arithmetic_of(terms: Terms, counts: Counts) -> dict[str, Any]:
    """Every number of the count, with who is in it."""
    outcome = decide(terms, counts)
    return {
        "roll": wording.roll_sentence(counts),
        "needed": explanation.needed_sentence(terms, counts, outcome),
        "rules": explanation.arithmetic(terms, counts, outcome),
    }


def cell_of(line: Line, mine: Line | None = None) -> Cell:
    counted = line.counted
    recorded = counted.taken_at if counted else line.recusal.declared_at if line.recusal else None
    role = line.role_label + (f" for {line.alternate_for}" if line.alternate_for else "")
    return Cell(
        name=line.name,
        role="" if line.role == Seat.Role.MEMBER else role,
        position=line.status,
        you=mine is not None and line.person_id == mine.person_id,
        recorded=recorded,
        reason=counted.reason if counted else "",
    )


def _entries_of(line: Line, hold_lapse: timedelta, now: datetime) -> list[Done]:
    """What one elector did in a round, and what became of their holds."""
    done = []
    for before, stance in enumerate(line.stances):
        did = "changed to" if before else "recorded"
        by = f", entered by {stance.entered_by}" if stance.entered_by_id != line.person_id else ""
        said = " and confirmed by them" if stance.confirmed else ", contested by them: not counted"
        answered = said if stance.confirmed or stance.contested else ""
        done.append(
            Done(stance.taken_at, f"{line.name} {did} {stance.position}{by}{answered}", stance.reason)
        )
        if stance.renewed_at:
            done.append(Done(stance.renewed_at, f"{line.name} renewed their hold"))
    if line.lapsed and line.latest:
        done.append(Done(line.latest.lapses_at(hold_lapse), f"The hold of {line.name} lapsed"))
    if line.recusal:
        done.append(Done(line.recusal.declared_at, f"{line.name} recused themselves", line.recusal.text))
    return done


def certified_cells(certificate: Certificate) -> list[Cell]:
    """The roll as the certificate has it; nothing is read from today's records."""
    return [
        Cell(
            name=line["name"],
            role=_role(line),
            position=line["status"],
            you=False,
            recorded=datetime.fromisoformat(line["position"]["taken_at"]) if line["position"] else None,
            reason="",
            affiliation=line["affiliation"],
            note=_note(line),
            repeats=(line["name"], line["affiliation"], line["alternate_for"], _entered_by(line)),
        )
        for line in certificate.told["roll"]
    ]


def _note(line: dict[str, Any]) -> str:
    """What the certificate says about one position besides the position."""
    if line["recused_as"]:
        return Recusal.Category(line["recused_as"]).label
    if line["hold_lapsed"]:
        return "a hold lapsed"
    return f"entered by {by}" if (by := _entered_by(line)) else ""


def _entered_by(line: dict[str, Any]) -> str:
    """Who entered the position for its elector, if somebody did."""
    position = line["position"]
    return position["entered_by"] if position and position["entered_by"] != line["name"] else ""


def _role(line: dict[str, Any]) -> str:
    role = "" if line["role"] == Seat.Role.MEMBER else Seat.Role(line["role"]).label
    return f"{role} for {line['alternate_for']}".strip() if line["alternate_for"] else role
