"""One wished day gives the latest day of every step before it."""

from datetime import date, timedelta

from lifecycle.plan import Rules, earliest, steps_before

DAY = date(2027, 3, 31)
TODAY = date(2026, 11, 22)
RETIREMENT = Rules(minimum_opening_days=7, notice_days=60, interview_days=14, rules_label="retirement rules")


def latest(rules: Rules, done: dict[str, date | None] | None = None) -> dict[str, date]:
    return {step.key: step.latest for step in steps_before(DAY, rules, done or {})}


def test_each_step_is_counted_backwards_from_the_wished_day() -> None:
    assert latest(RETIREMENT) == {
        "heard": date(2027, 1, 9),
        "signed": date(2027, 1, 23),
        "frozen": date(2027, 1, 23),
        "opened": date(2027, 1, 23),
        "certified": date(2027, 1, 30),
        "notice": date(2027, 1, 30),
        "effect": DAY,
    }


def test_steps_stand_in_the_order_in_which_they_happen() -> None:
    found = steps_before(DAY, RETIREMENT, {})
    assert [step.latest for step in found] == sorted(step.latest for step in found)
    assert [step.key for step in found][-1] == "effect"


def test_what_does_not_belong_to_a_case_is_left_out() -> None:
    assert list(latest(Rules(3, None, None))) == ["frozen", "opened", "certified", "effect"]


def test_a_step_whose_day_is_over_is_missed_until_it_has_happened() -> None:
    late = DAY - timedelta(days=61)
    missed = {step.key for step in steps_before(DAY, RETIREMENT, {}) if step.missed(late + timedelta(2))}
    assert missed == {"heard", "signed", "frozen", "opened", "certified", "notice"}
    done = {"heard": None, "signed": None, "frozen": late, "opened": late, "certified": late, "notice": late}
    assert not any(step.missed(DAY) for step in steps_before(DAY, RETIREMENT, done))


def test_the_earliest_day_is_one_whose_plan_misses_nothing_and_the_day_before_does() -> None:
    for rules in (RETIREMENT, Rules(14, 0, 14), Rules(0, None, None), Rules(7, 60, None)):
        first = earliest(TODAY, rules, {})
        assert not any(step.missed(TODAY) for step in steps_before(first, rules, {}))
        assert any(step.missed(TODAY) for step in steps_before(first - timedelta(days=1), rules, {}))


def test_what_has_happened_is_not_waited_for_again() -> None:
    heard: dict[str, date | None] = {"heard": None, "signed": None}
    assert earliest(TODAY, RETIREMENT, heard) == TODAY + timedelta(days=67)
    opened = heard | {"frozen": TODAY, "opened": TODAY - timedelta(days=5)}
    assert earliest(TODAY, RETIREMENT, opened) == TODAY + timedelta(days=62)
    certified = opened | {"certified": TODAY, "notice": TODAY - timedelta(days=10)}
    assert earliest(TODAY, RETIREMENT, certified) == TODAY + timedelta(days=50)


def test_without_any_rule_it_could_take_effect_today() -> None:
    assert earliest(TODAY, Rules(0, None, None), {}) == TODAY
