"""Registering models, correcting particulars, stating facts; and promises."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from audit.models import Event
from audit.testing import recorded
from core import clock
from core.digests import sha256_hex
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from lifecycle.commands.ai_models import edit_ai_model, register_ai_model, state_fact
from lifecycle.commands.commitments import break_commitment, keep_commitment
from lifecycle.models import AIModel, Fact
from lifecycle.stages import Stage
from lifecycle.states import CommitmentState
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db


def test_a_model_of_ours_begins_active_with_its_address_and_steward(cast):
    ai_model = register_ai_model(actor=cast.steward, name="Haldane 2", provider="The Aldgate Institute")
    assert (ai_model.slug, ai_model.stage, ai_model.ours) == ("haldane-2", Stage.ACTIVE, True)
    assert ai_model.steward == cast.person("steward")


def test_a_vendors_model_has_no_stored_stage(cast):
    assert make.make_ai_model(cast, name="Far model", ours=False).stage == ""


def test_the_day_of_release_is_a_fact_with_its_source(cast):
    ai_model = make.make_ai_model(cast, released_on=date(2024, 3, 12))
    fact = Fact.objects.get(ai_model=ai_model)
    assert (fact.kind, fact.effective, fact.source.name) == ("released", date(2024, 3, 12), "Our register")


def test_only_a_steward_registers_models(cast):
    with pytest.raises(NotAllowed):
        register_ai_model(actor=cast.archivist, name="X", provider="Y")
    assert not AIModel.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " ", "provider": "P"}, "name"),
        ({"name": "N", "provider": ""}, "provider"),
        ({"name": "N", "provider": "P", "slug": "Not An Address"}, "slug"),
        ({"name": "鷗", "provider": "P"}, "slug"),
        ({"name": "Wren", "provider": "The Aldgate Institute", "slug": "other"}, "name"),
        ({"name": "Other", "provider": "P", "slug": "wren"}, "slug"),
    ],
)
def test_a_model_without_a_name_or_with_a_taken_one_is_refused_at_its_field(cast, given, field):
    make.make_ai_model(cast)
    with pytest.raises(Unacceptable) as refusal:
        register_ai_model(actor=cast.steward, **given)
    assert refusal.value.field == field


def test_particulars_are_corrected_and_what_is_not_named_stays(cast):
    ai_model = make.make_ai_model(cast, licence="Apache 2.0")
    edited = edit_ai_model(actor=cast.steward, ai_model_id=ai_model.pk, family="Passerines")
    assert (edited.family, edited.licence) == ("Passerines", "Apache 2.0")
    before = Event.objects.count()
    edit_ai_model(actor=cast.steward, ai_model_id=ai_model.pk, family="Passerines")
    assert Event.objects.count() == before


def test_a_model_does_not_succeed_itself_or_nobody(cast):
    ai_model = make.make_ai_model(cast)
    with pytest.raises(Unacceptable):
        edit_ai_model(actor=cast.steward, ai_model_id=ai_model.pk, succeeds_id=ai_model.pk)
    with pytest.raises(NotFound):
        edit_ai_model(actor=cast.steward, ai_model_id=ai_model.pk, endpoint_id=ai_model.pk)


def test_a_later_fact_supersedes_and_erases_nothing(cast):
    ai_model = make.make_ai_model(cast)
    make.make_fact(cast, ai_model, "not_sooner_than", effective=date(2027, 1, 1))
    make.make_fact(cast, ai_model, "not_sooner_than", effective=date(2028, 1, 1))
    assert list(Fact.objects.values_list("effective", flat=True)) == [date(2027, 1, 1), date(2028, 1, 1)]


def test_a_fact_cannot_be_overwritten_even_inside_a_command(cast):
    fact = make.make_fact(cast, make.make_ai_model(cast), "released", effective=date(2024, 3, 12))
    fact.effective = date(2024, 3, 14)
    with pytest.raises(IntegrityError, match="append-only"), recorded():
        fact.save()


def test_the_text_of_a_source_is_kept_as_its_digest(cast):
    fact = make.make_fact(
        cast, make.make_ai_model(cast), "released", effective=date(2024, 3, 12), captured="Out today."
    )
    assert fact.digest == sha256_hex("Out today.")
    assert "Out today." not in str(vars(fact))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "mood", "source": "S"}, "kind"),
        ({"kind": "released", "source": " ", "effective": date(2024, 1, 1)}, "source"),
        ({"kind": "released", "source": "S"}, "effective"),
        ({"kind": "replacement", "source": "S"}, "value"),
        ({"kind": "replacement", "source": "S", "value": "X", "url": "javascript:1"}, "url"),
    ],
)
def test_a_fact_without_what_makes_it_one_is_refused_at_its_field(cast, given, field):
    ai_model = make.make_ai_model(cast)
    with pytest.raises(Unacceptable) as refusal:
        state_fact(actor=cast.steward, ai_model_id=ai_model.pk, **given)
    assert refusal.value.field == field


def test_nothing_can_be_known_from_the_future(cast):
    ai_model = make.make_ai_model(cast)
    with pytest.raises(Unacceptable, match="later time than now"):
        state_fact(
            actor=cast.steward,
            ai_model_id=ai_model.pk,
            kind="released",
            source="S",
            effective=date(2024, 1, 1),
            known_from=clock.now() + timedelta(minutes=1),
        )


def test_its_owner_keeps_a_promise_with_evidence(cast):
    commitment = make.make_commitment(cast, make.make_ai_model(cast))
    with pytest.raises(Unacceptable, match="what shows it"):
        keep_commitment(actor=cast.archivist, commitment_id=commitment.pk, evidence=" ")
    kept = keep_commitment(
        actor=cast.archivist, commitment_id=commitment.pk, evidence="Three of three copies are whole."
    )
    assert (kept.state, kept.evidence) == (CommitmentState.KEPT, "Three of three copies are whole.")


def test_nobody_else_but_a_steward_says_what_became_of_a_promise(cast):
    commitment = make.make_commitment(cast, make.make_ai_model(cast))
    with pytest.raises(NotAllowed, match="Only Archivist"):
        keep_commitment(actor=cast.editor, commitment_id=commitment.pk, evidence="It is done.")
    assert (
        break_commitment(actor=cast.steward, commitment_id=commitment.pk, evidence="A copy was lost.").state
        == CommitmentState.BROKEN
    )


def test_a_kept_promise_stays_kept_and_a_broken_one_may_still_be_kept_late(cast):
    ai_model = make.make_ai_model(cast)
    first, second = make.make_commitment(cast, ai_model), make.make_commitment(cast, ai_model, text="Another")
    keep_commitment(actor=cast.archivist, commitment_id=first.pk, evidence="Done.")
    with pytest.raises(IllegalMove):
        break_commitment(actor=cast.archivist, commitment_id=first.pk, evidence="No.")
    break_commitment(actor=cast.archivist, commitment_id=second.pk, evidence="Late.")
    assert (
        keep_commitment(actor=cast.archivist, commitment_id=second.pk, evidence="Done, nine days late.").state
        == CommitmentState.KEPT
    )
