"""Reading copies of deprecations.info: three schemas, odd rows flagged, unreadable rows kept with a reason."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.deprecations import Flag, Schema, Unreadable, read

DATA = Path(__file__).parent / "data"


def copy_of(day):
    return read((DATA / f"deprecations-{day}.facts.json").read_bytes())


def row(**changes):
    good = {
        "provider": "OpenAI",
        "model_id": "m-1",
        "announcement_date": "2026-05-13",
        "shutdown_date": "2026-08-10",
        "deprecation_date": "2026-05-08",
        "replacement_models": ["m-2"],
        "url": "https://example.org/deprecations#m-1",
        "scraped_at": "2026-05-13T05:50:52+00:00",
    }
    return {key: value for key, value in {**good, **changes}.items() if value is not ...}


def read_rows(*rows):
    return read(json.dumps(rows).encode())


def test_all_331_rows_of_may_2026_are_readable():
    copy = copy_of("2026-05-22")
    assert copy.schema == Schema.DATED
    assert (len(copy.rows), len(copy.rejected)) == (331, 0)
    assert copy.flagged[Flag.MISSING_REPLACEMENT] == 136
    assert copy.flagged[Flag.DATES_EQUAL] == 146
    assert copy.flagged[Flag.SEVERAL_PLATFORMS] == 26
    assert copy.flagged[Flag.ANNOUNCED_AFTER_SHUTDOWN] == 0
    assert sum(bool(each.flags) for each in copy.rows) == 202


def test_announced_is_the_deprecation_date_where_there_is_one_not_the_first_observation():
    opus = next(each for each in copy_of("2026-05-22").rows if each.model_id == "claude-3-opus-20240229")
    assert (opus.announced, opus.shutdown) == (date(2025, 6, 30), date(2026, 1, 5))


def test_all_169_rows_of_march_2026_are_readable():
    copy = copy_of("2026-03-12")
    assert copy.schema == Schema.NAMED
    assert (len(copy.rows), len(copy.rejected)) == (169, 0)


def test_the_2025_schema_takes_its_name_from_the_title_and_says_so():
    copy = copy_of("2025-08-25")
    assert copy.schema == Schema.TITLED
    assert (len(copy.rows), len(copy.rejected)) == (48, 10)
    assert all(Flag.NAME_FROM_TITLE in each.flags for each in copy.rows)
    names = {each.identity for each in copy.rows}
    assert ("Anthropic", "claude-2.1") in names
    assert ("Google Vertex", "Generative AI module in the Vertex AI SDK") in names
    assert all(each.replacements is None for each in copy.rows)


def test_a_date_with_its_regions_is_read_as_its_day():
    titled = {
        "provider": "AWS Bedrock",
        "title": "AWS Bedrock: Titan",
        "shutdown_date": "August 15th, 2025 (all regions)",
    }
    copy = read_rows({**titled, "announcement_date": "January 31, 2025"})
    assert (copy.rows[0].announced, copy.rows[0].shutdown) == (date(2025, 1, 31), date(2025, 8, 15))


def test_a_column_that_slipped_is_rejected_and_kept_with_its_reason():
    slipped = next(each for each in copy_of("2025-08-25").rejected if "Claude 3 Opus" in each.raw)
    assert "shutdown_date cannot be read as a date" in slipped.reason
    assert slipped.identity == ("AWS Bedrock", "Claude 3 Opus")
    assert json.loads(slipped.raw)["announcement_date"] == "July 15th, 2025 (all regions)"


MALFORMED = [
    ("a string", "The row is a str, not an object."),
    (None, "The row is a NoneType, not an object."),
    (17, "The row is a int, not an object."),
    ([], "The row is a list, not an object."),
    ({}, "The row has no provider and no model_id and no deprecation_date and no shutdown_date."),
    (row(model_id=...), "The row has no model_id."),
    (row(deprecation_date=...), "The row has no deprecation_date."),
    (row(provider=None), "provider is a NoneType, not text."),
    (row(model_id=4), "model_id is a int, not text."),
    (row(model_id="  "), "model_id is empty."),
    (row(model_id="m" * 201), "model_id has 201 characters; at most 200 are read."),
    (row(model_id="m\x00"), "model_id holds characters that cannot be shown."),
    (row(model_id="m\ud800"), "model_id holds characters that cannot be shown."),
    (row(shutdown_date="soon"), "shutdown_date cannot be read as a date: “soon”."),
    (row(shutdown_date="2026-02-30"), "shutdown_date cannot be read as a date: “2026-02-30”."),
    (row(shutdown_date="20260810"), "shutdown_date cannot be read as a date: “20260810”."),
    (row(shutdown_date="9999-12-31"), "shutdown_date is in the year 9999; dates from 2015 to 2100 are read."),
    (row(shutdown_date=20260810), "shutdown_date is a int, not a date."),
    (row(deprecation_date=["2026-05-08"]), "deprecation_date is a list, not a date."),
    (row(replacement_models="m-2"), "replacement_models is a str, not a list."),
    (row(replacement_models=[2]), "replacement_models is a int, not text."),
    (row(replacement_models=["m"] * 21), "replacement_models has 21 entries; at most 20 are read."),
    (row(url={"href": "x"}), "url is a dict, not text."),
    (row(note="x" * 70_000), "at most 65536 are read."),
]


@pytest.mark.parametrize(("entry", "reason"), MALFORMED, ids=[reason for _, reason in MALFORMED])
def test_a_malformed_row_is_rejected_with_its_reason_and_the_others_are_read(entry, reason):
    copy = read_rows(row(model_id="before"), entry, row(model_id="after"))
    assert [each.model_id for each in copy.rows] == ["before", "after"]
    assert len(copy.rejected) == 1
    assert reason in copy.rejected[0].reason
    assert copy.rejected[0].raw


def test_a_second_row_about_the_same_model_is_rejected():
    copy = read_rows(row(), row(provider="openai", shutdown_date="2027-01-01"))
    assert copy.rows[0].shutdown == date(2026, 8, 10)
    assert copy.rejected[0].reason == "Row 1 already speaks of m-1 at OpenAI."


def test_flags_are_counted_beside_the_rows():
    copy = read_rows(
        row(model_id="a", replacement_models=None),
        row(model_id="b", shutdown_date="2026-05-08"),
        row(model_id="c", shutdown_date="2026-05-07"),
        row(model_id="d"),
        row(model_id="d", provider="Azure"),
    )
    assert [sorted(each.flags) for each in copy.rows] == [
        ["missing_replacement"],
        ["dates_equal"],
        ["announced_after_shutdown"],
        ["several_platforms"],
        ["several_platforms"],
    ]


def test_an_empty_date_is_unknown_not_unreadable():
    copy = read_rows(row(shutdown_date=""), row(model_id="m-9", deprecation_date=None))
    assert copy.rejected == ()
    assert (copy.rows[0].shutdown, copy.rows[1].announced) == (None, None)


def test_an_address_that_is_no_web_address_is_not_linked():
    copy = read_rows(row(url="javascript:alert(1)"))
    assert copy.rows[0].url == ""


@pytest.mark.parametrize("data", [b"", b"{}", b'"x"', b"[", b"\xff\xfe", b"[NaN]", b"[" * 100_000, b"[]"])
def test_a_copy_that_is_no_list_of_rows_is_refused_as_a_whole(data):
    with pytest.raises(Unreadable, match=r"\.$"):
        read(data)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
mutations = st.dictionaries(st.sampled_from(sorted(row())), json_values, max_size=4)


@given(st.lists(json_values | mutations.map(lambda changes: {**row(), **changes}), min_size=1, max_size=6))
def test_whatever_the_rows_each_ends_read_or_rejected_and_none_is_lost(entries):
    copy = read(json.dumps(entries).encode())
    assert sorted([r.index for r in copy.rows] + [r.index for r in copy.rejected]) == list(
        range(len(entries))
    )
    assert len({r.identity for r in copy.rows}) == len(copy.rows)
    assert all(r.reason.endswith(".") for r in copy.rejected)
