"""No label of a drawing covers another, however close the dates and however many the electors."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.drawing import timeline
from config.labels import Mark, Spot, merged
from config.roll import measure
from config.templatetags.drawings import timeline as drawn
from core.names import initials

TODAY = date(2026, 11, 24)
MARKS = st.lists(
    st.builds(
        Mark,
        day=st.dates(date(2019, 1, 1), date(2032, 12, 31)),
        label=st.text("abcdefgh ", min_size=3, max_size=34),
        floor=st.booleans(),
    ),
    max_size=14,
)


def overlapping(spots: list[Spot]) -> list[tuple[Spot, Spot]]:
    return [
        (one, other)
        for index, one in enumerate(spots)
        for other in spots[index + 1 :]
        if one.mark.floor == other.mark.floor and one.lane == other.lane
        and one.left < other.right and other.left < one.right
    ]  # fmt: skip


@given(MARKS)
def test_labels_never_overlap_and_never_leave_the_drawing(marks: list[Mark]) -> None:
    placed = timeline(marks, TODAY).marks
    spots = [item.spot for item in placed]
    assert len(spots) == len(merged(marks))
    assert overlapping(spots) == []
    assert all(spot.left >= 0 and spot.right <= 100 for spot in spots)


@pytest.mark.parametrize("gap", [1, 3, 10, 30, 60])
@pytest.mark.parametrize("last", [date(2025, 1, 1), date(2026, 11, 20), date(2027, 1, 15)])
def test_in_an_ordinary_life_no_stem_runs_through_a_label(gap: int, last: date) -> None:
    close = [Mark(last - timedelta(days=gap * step), f"Deprecated {step}") for step in range(3)]
    spots = [item.spot for item in timeline([Mark(date(2023, 3, 12), "Released"), *close], TODAY).marks]
    assert not any(one.crosses(other) for one, other in combinations(spots, 2))


@given(MARKS)
def test_everything_drawn_is_inside_the_height(marks: list[Mark]) -> None:
    made = timeline(marks, TODAY)
    for item in made.marks:
        assert 8 <= item.label_y < item.date_y <= made.height


def test_dates_two_days_apart_stand_in_different_lanes() -> None:
    close = [Mark(date(2026, 1, 1) + timedelta(days=2 * step), f"Number {step}") for step in range(4)]
    lanes = {item.spot.lane for item in timeline([Mark(date(2020, 1, 1), "Released"), *close], TODAY).marks}
    assert len(lanes) > 1


def test_dates_far_apart_share_the_nearest_lane() -> None:
    marks = [Mark(date(year, 6, 1), "Date") for year in (2020, 2022, 2024, 2026)]
    assert {item.spot.lane for item in timeline(marks, TODAY).marks} == {0}


def test_two_facts_of_one_day_become_one_mark() -> None:
    day = date(2027, 1, 15)
    assert merged([Mark(day, "Retires", "stage-retired"), Mark(day, "Limited", "stage-limited")]) == [
        Mark(day, "Retires, limited", "stage-limited")
    ]


def test_long_words_are_cut_between_two_of_them_and_a_single_one_where_it_must() -> None:
    words = "Access changes: still offered to all paying users of the reading room and by request to others"
    (mark,) = merged([Mark(TODAY, words)])
    assert mark.label == "Access changes: still offered to all paying …"
    (mark,) = merged([Mark(TODAY, "W" * 200)])
    assert mark.label == "W" * 48 + " …"


def test_one_date_alone_can_be_drawn() -> None:
    made = timeline([Mark(TODAY, "Released")], TODAY)
    assert made.today_x == made.marks[0].x == "50.00%"


def test_a_short_life_has_quarters_and_a_long_one_years() -> None:
    short = timeline([Mark(date(2026, 6, 1), "Released")], TODAY).ticks
    long = timeline([Mark(date(2019, 6, 1), "Released")], TODAY).ticks
    assert any(tick.label.startswith("Jul ") for tick in short)
    assert {tick.label for tick in long} >= {"2020", "2021"}


@pytest.mark.parametrize("roll", [3, 9, 300])
def test_the_measure_keeps_its_shares_for_any_roll(roll: int) -> None:
    made = measure(roll=roll, eligible=roll, approve=roll // 3, needed=roll)
    assert made is not None
    assert (made.eligible, made.threshold, made.anchor) == ("100.00%", "100.00%", "end")


def test_a_threshold_beyond_the_roll_stays_in_the_drawing() -> None:
    made = measure(roll=3, eligible=2, approve=0, needed=5)
    assert made is not None
    assert made.threshold == "100.00%"


def test_an_empty_roll_has_no_measure() -> None:
    assert measure(roll=0, eligible=0, approve=0, needed=0) is None


@pytest.mark.parametrize(
    ("name", "short"),
    [("Chair", "Ch"), ("Vice-chair", "VC"), ("Member A", "A"), ("Ada Lovelace", "AL"), ("", "?"), ("…", "?"),
     ("Jean-Luc de la Tour du Pin", "JLD")],
)  # fmt: skip
def test_a_name_has_short_initials(name: str, short: str) -> None:
    assert initials(name) == short


def test_a_long_label_stands_in_the_table_and_its_short_form_in_the_drawing() -> None:
    words = "Access changes: still offered to all who paid for it, and by request to everybody else"
    row = {"day": TODAY, "label": words, "short": "Access changes", "sign": "limited"}
    made = drawn([row], today=TODAY)
    assert [item.mark.label for item in made["drawing"].marks] == ["Access changes"]
    assert made["lines"][0]["label"] == words
    line = made["lines"][0]
    assert (line["name"], f"{line['name']}: {line['value']}") == ("Access changes", words)


@pytest.mark.parametrize(
    ("labels", "together"),
    [
        (["Retired at Anthropic", "Retired"], "Retired at Anthropic"),
        (["Retired", "Retired at Anthropic"], "Retired at Anthropic"),
        (["Legacy", "Deprecated", "Legacy"], "Legacy, deprecated"),
        (["Legacy at Azure", "Retired at AWS Bedrock"], "Legacy at Azure, retired at AWS Bedrock"),
    ],
)
def test_what_sources_say_of_one_day_is_said_once(labels: list[str], together: str) -> None:
    (mark,) = merged([Mark(TODAY, label) for label in labels])
    assert mark.label == together
