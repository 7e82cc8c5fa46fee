"""Stages: vendors' words, and the stage computed from facts as of two dates."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lifecycle.stages import (
    Change,
    Kind,
    Stage,
    Statement,
    end_of,
    of_word,
    stage_as_of,
    stage_of_ours,
    standing,
)

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=3650)


def fact(kind, day, known=NOON, source="vendor", order=0):
    return Statement(kind, day, known, source, order)


def test_the_words_of_five_vendors_map_to_our_stages():
    assert of_word("Anthropic", "Retired") == Stage.RETIRED
    assert of_word("OpenAI", "Shutdown") == Stage.RETIRED
    assert of_word("AWS Bedrock", "EOL") == Stage.RETIRED
    assert of_word("Azure", "Generally  available") == Stage.ACTIVE
    assert of_word("IBM watsonx", "constricted") == Stage.DEPRECATED


def test_a_word_we_do_not_know_is_not_guessed():
    assert of_word("Anthropic", "resting") is None
    assert of_word("Nobody", "active") is None


def test_opus_3_was_active_deprecated_and_retired():
    facts = [fact(Kind.DEPRECATED_FROM, date(2025, 6, 30)), fact(Kind.RETIRES_ON, date(2026, 1, 5))]
    assert stage_as_of(facts, date(2025, 6, 29), LATER) == Stage.ACTIVE
    assert stage_as_of(facts, date(2025, 6, 30), LATER) == Stage.DEPRECATED
    assert stage_as_of(facts, date(2026, 1, 4), LATER) == Stage.DEPRECATED
    assert stage_as_of(facts, date(2026, 1, 5), LATER) == Stage.RETIRED


def test_one_day_for_announcement_and_end_does_not_hide_that_an_end_is_set():
    facts = [fact(Kind.DEPRECATED_FROM, date(2027, 3, 17)), fact(Kind.RETIRES_ON, date(2027, 3, 17))]
    assert stage_as_of(facts, date(2026, 11, 22), LATER) == Stage.DEPRECATED
    assert stage_as_of(facts, date(2027, 3, 17), LATER) == Stage.RETIRED


def test_access_kept_after_retirement_is_limited():
    facts = [fact(Kind.RETIRES_ON, date(2026, 1, 5)), fact(Kind.ACCESS_CHANGE, date(2026, 1, 5))]
    assert stage_as_of(facts, date(2026, 1, 5), LATER) == Stage.LIMITED


def test_an_access_change_before_the_end_does_not_keep_a_retired_model():
    facts = [fact(Kind.RETIRES_ON, date(2026, 1, 5)), fact(Kind.ACCESS_CHANGE, date(2025, 3, 1))]
    assert stage_as_of(facts, date(2026, 2, 1), LATER) == Stage.RETIRED


def test_a_floor_is_not_a_plan():
    facts = [fact(Kind.NOT_SOONER_THAN, date(2025, 3, 7))]
    assert stage_as_of(facts, date(2026, 11, 22), LATER) == Stage.ACTIVE


def test_legacy_is_legacy_until_an_end_is_announced():
    facts = [fact(Kind.LEGACY_FROM, date(2025, 1, 1)), fact(Kind.DEPRECATED_FROM, date(2026, 1, 1))]
    assert stage_as_of(facts, date(2025, 6, 1), LATER) == Stage.LEGACY
    assert stage_as_of(facts, date(2026, 1, 1), LATER) == Stage.DEPRECATED


def test_what_we_learned_later_does_not_change_what_we_believed_then():
    facts = [
        fact(Kind.RETIRES_ON, date(2026, 1, 5)),
        fact(Kind.RETIRES_ON, date(2026, 9, 1), known=NOON + timedelta(days=30)),
    ]
    day = date(2026, 2, 1)
    assert stage_as_of(facts, day, NOON) == Stage.RETIRED
    assert stage_as_of(facts, day, NOON + timedelta(days=30)) == Stage.DEPRECATED


def test_nothing_was_known_before_the_first_fact():
    assert (
        stage_as_of([fact(Kind.RETIRES_ON, date(2020, 1, 1))], date(2026, 1, 1), NOON - timedelta(1))
        == Stage.ACTIVE
    )


def test_a_source_that_no_longer_names_a_date_takes_it_back():
    facts = [
        fact(Kind.RETIRES_ON, date(2026, 1, 5)),
        fact(Kind.RETIRES_ON, None, known=NOON + timedelta(days=1)),
    ]
    assert stage_as_of(facts, date(2026, 2, 1), LATER) == Stage.ACTIVE


def test_sources_that_disagree_both_stand():
    facts = [
        fact(Kind.RELEASED, date(2024, 3, 12), source="note"),
        fact(Kind.RELEASED, date(2024, 3, 14), source="report"),
    ]
    assert {s.effective for s in standing(facts, LATER).values()} == {date(2024, 3, 12), date(2024, 3, 14)}


def test_a_day_ends_with_its_last_instant():
    assert end_of(date(2026, 3, 3)) < datetime(2026, 3, 4, tzinfo=UTC)
    assert end_of(date(2026, 3, 3)) > datetime(2026, 3, 3, 23, 59, 59, tzinfo=UTC)


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
statements = st.lists(
    st.builds(
        Statement,
        kind=st.sampled_from(list(Kind)),
        effective=st.none() | days,
        known_from=st.integers(0, 1000).map(lambda n: NOON + timedelta(hours=n)),
        source=st.sampled_from(["a", "b"]),
        order=st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda s: (s.kind, s.source, s.known_from, s.order),
)
RANK = [Stage.ACTIVE, Stage.LEGACY, Stage.DEPRECATED, Stage.RETIRED, Stage.LIMITED]


@given(statements, days, st.randoms())
def test_the_order_rows_come_in_does_not_matter(facts, day, random):
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert stage_as_of(shuffled, day, LATER) == stage_as_of(facts, day, LATER)


@given(statements, days, st.integers(0, 3000))
def test_with_the_same_knowledge_a_later_day_is_never_an_earlier_stage(facts, day, further):
    later = day + timedelta(days=further)
    assert RANK.index(stage_as_of(facts, later, LATER)) >= RANK.index(stage_as_of(facts, day, LATER))


@given(statements, days, st.integers(0, 1000))
def test_facts_not_yet_known_change_nothing(facts, day, hours):
    known = NOON + timedelta(hours=hours)
    assert stage_as_of(facts, day, known) == stage_as_of(
        [f for f in facts if f.known_from <= known], day, known
    )


def test_a_model_of_ours_is_active_until_a_decision_we_know_of_takes_effect():
    changes = [
        Change(Stage.DEPRECATED, date(2026, 9, 18), NOON),
        Change(Stage.RETIRED, date(2027, 1, 15), NOON),
    ]
    assert stage_of_ours(changes, date(2026, 9, 17), LATER) == Stage.ACTIVE
    assert stage_of_ours(changes, date(2026, 9, 18), LATER) == Stage.DEPRECATED
    assert stage_of_ours(changes, date(2027, 1, 15), LATER) == Stage.RETIRED
    assert stage_of_ours(changes, date(2027, 1, 15), NOON - timedelta(1)) == Stage.ACTIVE
