"""What the desk says of an essay: its question, and one sentence on where it stands. English only; no HTML."""

from essays.asking import MOST_ASKED_AGAIN
from essays.inspection import Inspection
from essays.pages import EssayPage
from essays.states import EssayState, Outcome

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

FAILED = {
    Outcome.TRUNCATED: "The answer reached its limit of {tokens} tokens in the middle, so it is not a whole text.",
    Outcome.REFUSED: "The author refused. That is its answer: it is kept, and not asked for again.",
    Outcome.MISMATCHED: "Another model answered in the author’s place, so its text is not used.",
    Outcome.FAILED: "No answer came. The model call says why.",
    Outcome.EMPTY: "The author answered without a word.",
}


def question(page: EssayPage) -> str:
    """The headline: what is asked of whoever opens the page."""
    issue = f"issue {page.essay.number}"
    if page.under_way:
        return f"{issue.capitalize()} is being written"
    return {
        EssayState.GENERATING: f"{issue.capitalize()} was not written",
        EssayState.GENERATION_FAILED: f"{issue.capitalize()} was not written",
        EssayState.IN_REVIEW: f"May {issue} stand as written?",
        EssayState.ON_HOLD: f"{issue.capitalize()} is paused: may it stand?",
        EssayState.APPROVED: f"{issue.capitalize()} may go out",
        EssayState.PUBLISHED: f"{issue.capitalize()} is out",
        EssayState.DECLINED: f"{issue.capitalize()} was declined",
        EssayState.WITHDRAWN: f"{issue.capitalize()} was withdrawn",
    }.get(EssayState(page.essay.state), issue.capitalize())


def sentence(page: EssayPage) -> str:
    """Where the essay stands, the number in it."""
    state = EssayState(page.essay.state)
    if page.under_way:
        return f"{page.essay.series.ai_model.name} has been asked; its answer is kept as it comes."
    if state == EssayState.IN_REVIEW:
        return f"{_recommendations(page)} {_to_look_at(page.inspection)}"
    return {
        EssayState.GENERATING: "The model call was cancelled before an answer came. Withdraw the issue and ask anew.",
        EssayState.GENERATION_FAILED: _failed(page),
        EssayState.ON_HOLD: _paused(page),
        EssayState.APPROVED: "Two editors recommend publication of this very text. A publisher brings it out.",
        EssayState.PUBLISHED: "It went out exactly as the editors read it.",
        EssayState.DECLINED: f"{_declined(page)} It stays on record and readers do not see it.",
        EssayState.WITHDRAWN: "It was given up before it was out. What was written stays on record.",
    }.get(state, "")


def _recommendations(page: EssayPage) -> str:
    if page.newer_disclaimer:
        return "The column has a newer disclaimer than this text."
    submitted, needed = page.reviews.submitted, page.reviews.needed
    if submitted == 0:
        return f"None of {_number(needed)} reviews is in."
    return f"{_number(submitted).capitalize()} of {_number(needed)} reviews {'is' if submitted == 1 else 'are'} in."


def _to_look_at(report: Inspection | None) -> str:
    if report is None or not report.findings:
        return "Nothing hidden in it, and no doubtful link."
    found = []
    if report.flagged_links:
        found.append(_count(len(report.flagged_links), "link"))
    if report.hidden:
        found.append(_count(report.hidden_count, "hidden character"))
    if report.look_alikes:
        found.append(_count(len(report.look_alikes), "word") + " in mixed alphabets")
    verb = "needs" if report.findings == 1 and len(found) == 1 and found[0].startswith("one") else "need"
    return f"{' and '.join(found).capitalize()} {verb} your eye."


def _failed(page: EssayPage) -> str:
    draft = page.last_draft
    outcome = Outcome(draft.outcome) if draft else Outcome.FAILED
    said = FAILED[outcome].format(tokens=f"{page.essay.max_tokens:,}") if outcome in FAILED else ""
    if outcome == Outcome.REFUSED:
        return f"{said} Withdraw this issue; the next one may be asked for."
    left = MOST_ASKED_AGAIN - page.essay.asked_again
    if left <= 0:
        return f"{said} The author was asked again {_number(MOST_ASKED_AGAIN)} times, which is the most."
    times = "once more" if left == 1 else f"{_number(left)} times more"
    return f"{said} The author may be asked {times}."


def _declined(page: EssayPage) -> str:
    decided = page.essay.declined_by
    return (
        f"Decision {decided.number} declined it." if decided else "An editor and a board member declined it."
    )


def _paused(page: EssayPage) -> str:
    if page.veto_asked:
        return f"Proposal {page.veto_asked.number} asks the board to decline it. It stays paused until that is decided."
    said = {row.get_capacity_display(): row.get_decision_display().lower() for row in page.voices.values()}
    if not said:
        return "An editor recommends declining it. An editor and a board member, two people, decide."
    voices = " and ".join(f"{decision} ({capacity})" for capacity, decision in said.items())
    rest = (
        "One voice is missing."
        if len(said) == 1
        else "They differ; it stays paused until they agree, or the board declines it."
    )
    return f"Said so far: {voices}. {rest}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _count(count: int, noun: str) -> str:
    return f"{_number(count)} {noun}{'' if count == 1 else 's'}"
