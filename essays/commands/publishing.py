"""Bringing an essay out."""

from uuid import UUID

from audit.commands import command, locked, record
from core import clock
from core.errors import IllegalMove
from core.policies import Actor, require
from essays import policies, queries, steps
from essays.digest import essay_digest
from essays.events import Verb
from essays.models import Essay, Publication
from essays.states import ESSAY, NEEDED, EssayState, Recommendation


@command(Verb.ESSAY_PUBLISHED)
def publish_essay(*, actor: Actor, essay_id: UUID, digest: str) -> Publication:
    """Bring an approved essay out on the built-in site, under its disclaimer.

    IllegalMove unless the text is the very one with this digest, two editors recommended it, and its
    disclaimer is in force.
    """
    essay = locked(Essay, essay_id, select_related=("series",))
    require(policies.may_publish_essay(actor, essay))
    ESSAY.require(
        essay.state,
        EssayState.PUBLISHED,
        f"Only an approved essay is published; this one is {essay.get_state_display().lower()}.",
    )
    revision = steps.standing_text(essay, digest)
    again = essay_digest(
        body=revision.body,
        title=revision.title,
        disclaimer_version=revision.disclaimer.number,
        edits=revision.edits,
    )
    given = [review.recommendation for review in queries.reviews_of(revision)]
    if again != revision.essay_digest or given.count(Recommendation.PUBLISH) < NEEDED:
        raise IllegalMove("This text is not the one two editors recommended. It needs to be reviewed again.")
    if revision.disclaimer_id != queries.disclaimer_in_force(essay.series).pk:
        raise IllegalMove(
            "The column has a newer disclaimer. Put it under this essay first; it is then reviewed anew."
        )
    publication = Publication(
        essay=essay,
        revision=revision,
        essay_digest=revision.essay_digest,
        disclaimer=revision.disclaimer,
        published_by_id=steps.person(actor),
        published_at=clock.now(),
    )
    publication.save(force_insert=True)
    steps.move(essay, EssayState.PUBLISHED)
    record(
        essay,
        data={
            "digest": revision.essay_digest,
            "disclaimer": revision.disclaimer.number,
            "issue": essay.number,
        },
    )
    return publication
