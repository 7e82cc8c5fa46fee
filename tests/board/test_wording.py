"""Sentences about ballots: where it stands, what was needed, what another result would have taken."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from board import explanation, wording
from board.standing import standing
from board.tally import RESULTS, STANDARD_TERMS, Counts, Share, decide
from config import vocabulary

RETIREMENT = STANDARD_TERMS["retirement"]
ORDINARY = STANDARD_TERMS["ordinary"]


def stands(counts: Counts, *holders: str, terms: str = "retirement") -> str:
    return wording.standing_sentence(standing(STANDARD_TERMS[terms], counts), list(holders))


@pytest.mark.parametrize(
    ("counts", "holders", "sentence"),
    [
        (
            Counts(9, recused=1, approve=3, reject=1, hold=1),
            ["Member E"],
            "It needs two more approvals (3 of 8 eligible approve, 5 needed) and the hold by Member E to be lifted.",
        ),
        (Counts(9, approve=4), [], "It needs one more approval (4 of 9 eligible approve, 5 needed)."),
        (Counts(9, approve=5, reject=2), [], "It carries as it stands (5 of 9 eligible approve, 5 needed)."),
        (
            Counts(9, approve=8, hold=1),
            ["Kim"],
            "It has the approvals (8 of 9 eligible approve, 6 needed) and needs the hold by Kim to be lifted.",
        ),
        (
            Counts(9, approve=6, hold=2),
            ["Kim", "Ada"],
            "It has the approvals (6 of 9 eligible approve, 5 needed) and needs the holds by Kim and Ada to be lifted.",
        ),
        (
            Counts(9, approve=1, reject=5),
            [],
            "It cannot carry unless somebody changes their vote (1 of 9 eligible approve, 5 needed).",
        ),
        (
            Counts(9, approve=7, reject=1),
            [],
            "It carries (7 of 9 eligible approve, 6 needed), and only a hold or a changed vote can alter that.",
        ),
        (
            Counts(9, recused=5, approve=4),
            [],
            "It cannot be decided: 4 of 9 on the roll are eligible, which is too few to act.",
        ),
    ],
)
def test_where_it_stands_is_one_sentence(counts: Counts, holders: list[str], sentence: str) -> None:
    assert stands(counts, *holders) == sentence


@pytest.mark.parametrize(
    ("terms", "counts", "sentence"),
    [
        (
            "retirement",
            Counts(9, approve=5, reject=4),
            "Not carried (too few approved): 5 of 9 eligible approved; 6 were needed.",
        ),
        (
            "ordinary",
            Counts(9, approve=4),
            "Inquorate (too few took part): 4 of 9 eligible approved; 3 were needed. 4 took part; the quorum was 5.",
        ),
        (
            "ordinary",
            Counts(9, approve=4, reject=4, abstain=1),
            (
                "Tie (lost: as many rejected as approved): 4 of 9 eligible approved; 5 were needed. "
                "Four rejected, as many as approved."
            ),
        ),
        (
            "retirement",
            Counts(9, approve=8, hold=1),
            (
                "Held (a hold stood at the close): 8 of 9 eligible approved; 6 were needed. One hold stood; "
                "without it the result would have been: carried."
            ),
        ),
        (
            "written_consent",
            Counts(7, approve=6),
            "Lapsed (too few took part): 6 of 7 eligible approved; 7 were needed. 6 took part; the quorum was 7.",
        ),
        (
            "retirement",
            Counts(9, recused=5, approve=4),
            (
                "Unable to act (too few were eligible): 4 of 4 eligible approved; 3 were needed. "
                "Only 4 of 9 on the roll were eligible."
            ),
        ),
    ],
)
def test_a_result_names_its_numbers(terms: str, counts: Counts, sentence: str) -> None:
    assert wording.result_sentence(counts, decide(STANDARD_TERMS[terms], counts)) == sentence


def test_results_are_called_as_everywhere_on_screen() -> None:
    assert set(wording.RESULTS) == set(RESULTS)
    for result, gloss in wording.RESULTS.items():
        assert vocabulary.result_gloss(result) == gloss


def test_the_roll_and_who_took_part() -> None:
    counts = Counts(9, recused=1, approve=3, reject=1, hold=1)
    assert wording.roll_sentence(counts) == "Nine on the roll, one recused: eight are eligible."
    assert (
        wording.participation_sentence(counts)
        == "Five of nine have voted; one is recused; three have no position recorded."
    )
    assert wording.roll_sentence(Counts(3)) == "Three on the roll, all eligible."
    assert wording.roll_sentence(Counts(14, recused=2, departed=1)) == (
        "14 on the roll, two recused and one left: 11 are eligible.".replace("11", "eleven")
    )


def test_the_arithmetic_prints_numerator_and_denominator_of_every_rule() -> None:
    counts = Counts(9, recused=1, approve=3, reject=1, hold=1)
    rules = {
        rule.name: (rule.needed, rule.denominator, rule.reached, rule.met)
        for rule in explanation.arithmetic(RETIREMENT, counts, decide(RETIREMENT, counts))
    }
    assert rules == {
        "Able to act": (5, 9, 8, True),
        "Quorum": (6, 8, 5, False),
        "Threshold": (3, 4, 3, True),
        "Approval floor": (5, 8, 3, False),
        "Least approvals": (2, 8, 3, True),
        "Holds": (0, 8, 1, False),
    }


@pytest.mark.parametrize("name", STANDARD_TERMS)
def test_every_rule_of_every_terms_has_words(name: str) -> None:
    words = wording.rules_in_words(STANDARD_TERMS[name])
    assert all(words.values())
    counts = Counts(9, approve=5, reject=1)
    for rule in explanation.arithmetic(STANDARD_TERMS[name], counts, decide(STANDARD_TERMS[name], counts)):
        assert rule.asks
        assert rule.of_whom


def test_why_so_many_are_needed() -> None:
    counts = Counts(9, recused=1, approve=3, reject=1)
    assert explanation.needed_sentence(RETIREMENT, counts, decide(RETIREMENT, counts)) == (
        "Approvals must be at least two thirds of those who approve or reject (3 of 4), and more than half of the "
        "eligible (5 of 8), and never fewer than two. The largest number counts: 5."
    )


def test_a_recusal_that_made_the_difference_is_named() -> None:
    counts = Counts(9, recused=1, approve=5, reject=2)
    assert [
        *explanation.without(RETIREMENT, counts, ["Dana"]),
        *explanation.margins(RETIREMENT, counts),
    ] == [
        (
            "Without the recusal of Dana the result would be: counted as silent: carried (5 needed); counted as "
            "approving: carried (6 needed); counted as rejecting: not carried (6 needed)."
        ),
        "One approval fewer would have lost it.",
    ]


def test_a_recusal_that_made_none_is_named_too() -> None:
    counts = Counts(9, recused=1, approve=7)
    assert explanation.without(RETIREMENT, counts, ["Dana"])[0] == (
        "Without the recusal of Dana the result would be carried, whatever they did."
    )


def test_a_lost_ballot_says_what_would_have_carried_it() -> None:
    assert explanation.margins(RETIREMENT, Counts(9, approve=4)) == [
        "One more approval from the five without a position would have carried it."
    ]


def test_prospects_of_an_open_vote() -> None:
    counts = Counts(9, recused=1, approve=3, reject=1, hold=1)
    lines = explanation.prospects(RETIREMENT, standing(RETIREMENT, counts), ["Dana"])
    assert lines[0] == "If a hold stands at the close, this round ends as held, whatever the numbers."
    assert lines[1] == "If two more members approve, it carries."
    assert lines[-1].startswith("Without the recusal of Dana")


def test_an_instant_is_said_in_utc_and_in_english() -> None:
    instant = datetime(2026, 11, 26, 18, 0, tzinfo=timezone(timedelta(hours=1)))
    assert wording.moment(instant) == "Thu 26 Nov 2026, 17:00 UTC"
    assert wording.moment(instant) == vocabulary.moment_text(instant.astimezone(UTC))


@pytest.mark.parametrize(
    ("name", "words"), [("2/3", "at least two thirds"), ("1", "all"), ("3/5", "at least 3/5")]
)
def test_a_share_in_words(name: str, words: str) -> None:
    from fractions import Fraction  # noqa: PLC0415

    assert wording.share(Share(Fraction(name))) == words


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            Counts(roll=9),
            "Five more approvals carry it; six more must take part for the quorum of six, a label only.",
        ),
        (Counts(roll=9, approve=4, reject=2), "One more approval carries it; quorum reached."),
        (Counts(roll=9, approve=6, reject=3), "It carries as it stands; quorum reached."),
        (Counts(roll=9, reject=6), "It cannot carry unless somebody changes their vote; quorum reached."),
        (Counts(roll=9, approve=6, hold=1), "It would carry; quorum reached; one hold blocks it."),
        (Counts(roll=9, recused=5), "Too few are eligible to act: 4 of 9."),
    ],
)
def test_the_forecast_says_what_is_missing_and_whether_the_quorum_is_reached(
    counts: Counts, said: str
) -> None:
    terms = STANDARD_TERMS["retirement"]
    assert wording.forecast(standing(terms, counts), gates=terms.quorum_gates) == said
