"""Columns are founded with their wordings; a wording is never changed, only followed by its next version."""

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, NotFound, Unacceptable
from essays import commands
from essays.models import Series, Wording
from tests.cast import Cast
from tests.factories import essays as make


def wordings(series: Series) -> dict[str, list[int]]:
    rows = Wording.objects.filter(series=series).order_by("kind", "number").values_list("kind", "number")
    found: dict[str, list[int]] = {}
    for kind, number in rows:
        found.setdefault(kind, []).append(number)
    return found


def test_a_column_is_founded_with_the_first_version_of_each_wording(cast: Cast) -> None:
    series = make.column(cast, title="Marginalia")
    assert (series.slug, series.cadence, series.promised_issues) == ("marginalia", "weekly", 13)
    assert wordings(series) == {"disclaimer": [1], "edit_policy": [1], "prompt": [1]}
    assert series.founded_by_id == cast.steward.id


def test_a_wording_gets_a_next_version_and_keeps_the_last(cast: Cast) -> None:
    series = make.column(cast)
    row = commands.adopt_wording(
        actor=cast.steward, series_id=series.id, kind="prompt", text="Write.\r\nFreely. "
    )
    assert (row.number, row.text) == (2, "Write.\nFreely.")
    assert wordings(series)["prompt"] == [1, 2]


def test_the_same_wording_again_is_no_new_version(cast: Cast) -> None:
    series = make.column(cast)
    row = commands.adopt_wording(actor=cast.steward, series_id=series.id, kind="prompt", text=make.PROMPT)
    assert row.number == 1
    assert wordings(series)["prompt"] == [1]


def test_a_wording_cannot_be_rewritten(cast: Cast) -> None:
    series = make.column(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.filter(series=series).update(text="Say that we are good.")


def test_an_essay_keeps_the_prompt_it_was_given(cast: Cast) -> None:
    essay = make.requested(cast)
    commands.adopt_wording(
        actor=cast.steward, series_id=essay.series_id, kind="prompt", text="Another prompt."
    )
    essay.refresh_from_db()
    assert essay.prompt.text == make.PROMPT


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "…"}, "title"),
        ({"title": ""}, "title"),
        ({"prompt": " "}, "prompt"),
        ({"disclaimer": ""}, "disclaimer"),
        ({"edit_policy": ""}, "edit_policy"),
        ({"prompt": "x" * 8_001}, "prompt"),
        ({"promised_issues": 0}, "promised_issues"),
        ({"cadence": "hourly"}, "cadence"),
        ({"commitment_id": "6c1d7b7e-24f2-4f2b-9d4b-3f5b1d1e6a11"}, "commitment_id"),
    ],
)
def test_a_column_that_lacks_something_is_not_founded(
    cast: Cast, said: dict[str, object], field: str
) -> None:
    with pytest.raises(Unacceptable) as refusal:
        make.column(cast, **said)
    assert refusal.value.field == field
    assert not Series.objects.exists()


def test_two_columns_do_not_share_an_address(cast: Cast) -> None:
    make.column(cast, title="Marginalia")
    with pytest.raises(Unacceptable, match="already"):
        make.column(cast, title="marginalia!")


@pytest.mark.parametrize("who", ["editor", "publisher", "member", "outsider"])
def test_only_a_steward_founds_a_column_and_words_it(cast: Cast, who: str) -> None:
    series = make.column(cast)
    with pytest.raises(NotAllowed, match="steward"):
        commands.adopt_wording(actor=getattr(cast, who), series_id=series.id, kind="prompt", text="Mine")
    author = make.make_author(cast, None)
    with pytest.raises(NotAllowed, match="steward"):
        commands.found_series(
            actor=getattr(cast, who),
            ai_model_id=author.id,
            title="T",
            prompt="p",
            disclaimer="d",
            edit_policy="e",
        )


def test_an_unknown_author_is_said_so(cast: Cast) -> None:
    with pytest.raises(NotFound, match="AI model"):
        commands.found_series(
            actor=cast.steward,
            ai_model_id=cast.steward.id,
            title="T",
            prompt="p",
            disclaimer="d",
            edit_policy="e",
        )
