"""The crosswalk as a page: for each clause the records that show it, and the control tests over them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.policies import may_browse_timeline
from audit.registry import populations
from audit.wording import verb_in_words
from controls import policies, queries
from controls.crosswalk import Clause, frameworks, page_labels, readers
from controls.pages import tabs
from core.door import DeskRequest, desk_page
from core.policies import Actor, any_of, require


@desk_page
@require_safe
def crosswalk(request: DeskRequest) -> HttpResponse:
    """A link is given to whoever may follow it; the others read its name."""
    require(policies.may_see_controls(request.actor))
    tested = queries.tests_by_population()
    context = {
        "frameworks": [
            (each, [_row(request.actor, clause, tested) for clause in each.clauses]) for each in frameworks()
        ],
        "may_test": policies.may_test(request.actor),
        "tabs": tabs("crosswalk"),
        "place": "records",
    }
    return render(request, "controls/crosswalk.html", context)


def _row(viewer: Actor, clause: Clause, tested: dict[str, list[Any]]) -> dict[str, Any]:
    labels, only = page_labels(), readers()
    timeline, browses = reverse("audit:event-timeline"), may_browse_timeline(viewer)
    return {
        "clause": clause,
        "pages": [
            (labels[name], reverse(name) if name not in only or any_of(viewer, *only[name]) else "")
            for name in clause.pages
        ],
        "verbs": [
            (verb_in_words(verb), f"{timeline}?verb={verb}" if browses else "") for verb in clause.verbs
        ],
        "populations": [
            (
                populations.get(key).label,
                f"{reverse('controls:test-new')}?population={key}",
                tested.get(key, []),
            )
            for key in clause.populations
        ],
    }
