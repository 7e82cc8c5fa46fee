"""Bringing an essay out: only what was approved, to the letter, under the disclaimer in force."""

import pytest
from django.db import IntegrityError

from accounts.actors import actor_of
from accounts.commands import grant_role
from audit.models import Event
from audit.testing import recorded
from core.errors import IllegalMove, NotAllowed
from essays import commands
from essays.models import Essay, Publication, Review
from tests.cast import Cast
from tests.factories import essays as make


def publish(cast: Cast, essay: Essay, **said: object) -> Publication:
    options = {
        "actor": cast.publisher,
        "essay_id": essay.id,
        "digest": make.text_of(essay).essay_digest,
        **said,
    }
    return commands.publish_essay(**options)  # type: ignore[arg-type]


def test_an_approved_essay_goes_out_with_its_digest_and_disclaimer(cast: Cast) -> None:
    essay = make.approved(cast)
    publication = publish(cast, essay)
    essay.refresh_from_db()
    assert essay.state == "published"
    assert publication.essay_digest == make.text_of(essay).essay_digest
    assert publication.disclaimer.text == make.DISCLAIMER
    event = Event.objects.get(verb="essays.essay.published")
    assert event.data == {"digest": publication.essay_digest, "disclaimer": 1, "issue": 1}
    assert event.actor_name == "Publisher"


def test_an_essay_with_one_recommendation_is_not_published(cast: Cast) -> None:
    essay = make.written(cast)
    make.review(cast.editor, essay)
    with pytest.raises(IllegalMove, match="Only an approved essay is published; this one is in review"):
        publish(cast, essay)
    assert not Publication.objects.exists()


def test_an_essay_is_published_once(cast: Cast) -> None:
    publication = make.published(cast)
    with pytest.raises(IllegalMove, match="this one is published"):
        publish(cast, publication.essay)
    assert Publication.objects.count() == 1


def test_a_digest_that_is_not_the_approved_one_is_refused(cast: Cast) -> None:
    essay = make.approved(cast)
    with pytest.raises(IllegalMove, match="The text has changed"):
        publish(cast, essay, digest="f" * 64)
    assert not Publication.objects.exists()


def test_a_newer_disclaimer_must_be_taken_up_first(cast: Cast) -> None:
    essay = make.approved(cast)
    commands.adopt_wording(actor=cast.steward, series_id=essay.series_id, kind="disclaimer", text="Clearer.")
    with pytest.raises(IllegalMove, match="newer disclaimer"):
        publish(cast, essay)
    assert not Publication.objects.exists()


def test_a_state_set_without_reviews_is_not_enough(cast: Cast) -> None:
    essay = make.written(cast)
    with recorded("A state nobody gave"):
        essay.state = "approved"
        essay.save()
    with pytest.raises(IllegalMove, match="not the one two editors recommended"):
        publish(cast, essay)


@pytest.mark.parametrize("who", ["editor", "second_editor", "steward", "member", "auditor", "outsider"])
def test_only_a_publisher_publishes(cast: Cast, who: str) -> None:
    essay = make.approved(cast)
    with pytest.raises(NotAllowed, match="A publisher publishes"):
        publish(cast, essay, actor=getattr(cast, who))
    assert Event.objects.filter(verb="essays.essay.published", outcome="refused").count() == 1


def test_the_commissioner_does_not_publish(cast: Cast) -> None:
    essay = make.approved(cast)
    grant_role(actor=cast.secretary, person_id=cast.steward.id, role="publisher")
    with pytest.raises(NotAllowed, match="another publisher"):
        publish(cast, essay, actor=actor_of(cast.person("steward")))


def test_what_was_said_and_published_is_never_changed(cast: Cast) -> None:
    publication = make.published(cast)
    rows = (
        publication,
        Review.objects.first(),
        publication.revision,
        publication.revision.draft,
        publication.disclaimer,
    )
    for row in rows:
        with pytest.raises(IntegrityError), recorded("An attempt"):
            row.save()
