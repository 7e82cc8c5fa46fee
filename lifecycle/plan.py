"""By when must each step happen: the latest dates before one wished day, counted backwards. Pure.

Days are whole days at 00:00 UTC. Not here: which rules a case has (`queries.plans`), and saving a date.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# What hearing a model usually takes, from the first question to the second signature. An estimate, said as one.
INTERVIEW_DAYS = 14


@dataclass(frozen=True)
class Rules:
    """What separates the steps, in days. None: the step does not belong to this kind of case."""

    minimum_opening_days: int
    notice_days: int | None
    interview_days: int | None
    rules_label: str = ""


@dataclass(frozen=True)
class Step:
    """One step with its latest day and why. `done`: it has happened, on `done_on` where that is known."""

    key: str
    label: str
    latest: date
    why: str
    done: bool = False
    done_on: date | None = None

    def missed(self, today: date) -> bool:
        """Whether its day is over and it has not happened."""
        return not self.done and self.latest < today


def steps_before(retires_on: date, rules: Rules, done: dict[str, date | None]) -> list[Step]:
    """Every step in its order, the wished day last. `done`: what has happened, by key, with its day if known."""
    found = [
        ("effect", "It takes effect", retires_on, "The day that is wished for."),
    ]
    day = retires_on
    if rules.notice_days is not None:
        day -= timedelta(days=rules.notice_days)
        found.append(("notice", "Users are told", day, f"{_days(rules.notice_days)} of notice are promised."))
    found.append(
        ("certified", "The vote is closed and certified", day, "Nothing follows before the certificate.")
    )
    day -= timedelta(days=rules.minimum_opening_days)
    under = f" under {rules.rules_label}" if rules.rules_label else ""
    opening = (
        f"The vote is open at least {_days(rules.minimum_opening_days)}{under}."
        if rules.minimum_opening_days
        else f"No minimum opening{under}."
    )
    found.append(("opened", "The vote is opened", day, opening))
    found.append(("frozen", "The dossier is frozen", day, "The vote is on the frozen dossier only."))
    if rules.interview_days is not None:
        found.append(("signed", "The interview’s report is signed", day, "The dossier quotes it."))
        day -= timedelta(days=rules.interview_days)
        usual = f"About {_days(rules.interview_days)} to ask, seal, answer and sign: an estimate, not a rule."
        found.append(("heard", "The interview begins", day, usual))
    return [
        Step(key, label, latest, why, key in done, done.get(key))
        for key, label, latest, why in reversed(found)
    ]


def earliest(today: date, rules: Rules, done: dict[str, date | None]) -> date:
    """The first day it could take effect if everything still to do began today and nothing waited."""
    day = today
    if rules.interview_days is not None and "signed" not in done:
        day += timedelta(days=rules.interview_days)
    if "certified" not in done:
        opened = done.get("opened") or day
        day = max(day, opened + timedelta(days=rules.minimum_opening_days))
    else:
        day = today
    if rules.notice_days is not None:
        told = done.get("notice") if "notice" in done else day
        day = max(day, (told or day) + timedelta(days=rules.notice_days))
    return day


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
