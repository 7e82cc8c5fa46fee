"""Judging the sample, record by record: the arrow keys choose, Enter records and leads to the next."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from audit.registry import populations
from audit.versions import version_at
from controls import parts, policies, queries
from controls.commands.control_tests import judge_item
from controls.forms import JudgeForm
from controls.models import SampleItem
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.policies import require
from core.web import submit


@desk_page
@show_and_do
def judge(request: DeskRequest, test_id: UUID, rank: int) -> HttpResponse:
    """The record as it stands, where it and its history are, and what is said of it."""
    require(policies.may_test(request.actor))
    item = SampleItem.objects.select_related("test").filter(test_id=test_id, rank=rank).first()
    if item is None:
        raise NotFound("There is no such record in this sample.")
    test, row = item.test, queries.record_of(item)
    population = populations.get(test.population)
    (shown,) = queries.sampled(request.actor, test, [item])
    seen = row is not None and bool(shown.label == item.record_label)
    has_part = row is not None and parts.had_part(request.actor, row, population)
    size = test.items.count()
    return submit(
        request,
        form=JudgeForm(
            request.POST or None,
            initial={"result": item.result or None, "note": item.note} if item.result else None,
        ),
        run=lambda said: judge_item(actor=request.actor, item_id=item.pk, **said),
        done=_onward,
        template="controls/item_judge.html",
        context={
            "item": item,
            "test": test,
            "label": shown.label,
            "url": shown.url,
            "kind": population.model,
            "size": size,
            "before": rank - 1,
            "after": rank + 1 if rank < size else 0,
            "left": test.items.filter(result="").count(),
            "version": version_at(type(row), str(row.pk), clock.now()) if row is not None and seen else None,
            "may_judge": policies.may_judge_item(request.actor, has_part=has_part),
            "place": "records",
        },
    )


def _onward(item: SampleItem) -> str:
    """To the next record nobody has judged; to the test when none is left."""
    following = queries.next_to_judge(item.test_id, item.rank)
    if following is None:
        return reverse("controls:test", args=[item.test_id])
    return reverse("controls:item-judge", args=[item.test_id, following.rank])
