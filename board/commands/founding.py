"""The founding of an installation: written and proposed by one person, confirmed or sent back by another."""

from uuid import UUID

from accounts import steps as accounts
from accounts.events import Verb as Accounts
from accounts.models import Person
from accounts.queries import organisation
from audit.commands import command, locked, record, unchanged
from board import policies, steps
from board.events import Verb
from board.founding import Proposal, from_data, obstacles, tidied
from board.models import Founding, FoundingDraft
from board.policies import id_of
from board.states import FOUNDING, FoundingState
from core import clock
from core.digests import digest_of
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require


@command(Verb.FOUNDING_DRAFTED)
def save_founding_draft(*, actor: Actor, proposal: Proposal) -> FoundingDraft:
    """Keep what has been typed so far, complete or not."""
    draft = _draft()
    require(policies.may_propose_founding(actor))
    _require_open()
    data = proposal.as_data()
    if draft.typed == data:
        return unchanged(draft)
    draft.typed, draft.saved_at = data, clock.now()
    draft.save()
    record(Person.objects.get(pk=id_of(actor)))
    return draft


@command(Verb.FOUNDING_PROPOSED)
def propose_founding(*, actor: Actor, proposal: Proposal) -> Founding:
    """Put the founding to its second person, who is admitted by this, without any role, to sign in and answer.

    Unacceptable while something is missing.
    """
    draft = _draft()
    require(policies.may_propose_founding(actor))
    _require_open()
    proposal = tidied(proposal)
    now = clock.now()
    if found := obstacles(proposal, now.date()):
        raise Unacceptable(" ".join(found))
    proposer = Person.objects.select_related("user").get(pk=id_of(actor))
    first, second = proposal.people[:2]
    if proposer.user is None or proposer.user.email != first.email:
        raise Unacceptable(
            "You propose it, so you stand first in the list, with the address you sign in with."
        )
    draft.typed, draft.saved_at = proposal.as_data(), now
    draft.save()
    recorded = proposal.recorded(str(draft.salt))
    founding = Founding(proposal=recorded, digest=digest_of(recorded), proposer=proposer, proposed_at=now)
    record(founding, data={"digest": founding.digest})
    founding.confirmer = steps.founding.admitted(second, proposal)
    founding.save(force_insert=True)
    return founding


@command(Verb.FOUNDING_CONFIRMED)
def confirm_founding(*, actor: Actor, founding_id: UUID) -> Founding:
    """Do everything that was proposed, at once: the organisation, its people, their roles, the board, its seats."""
    founding = locked(Founding, founding_id, select_related=("proposer", "confirmer"))
    require(policies.may_confirm_founding(actor, founding))
    FOUNDING.require(founding.state, FoundingState.CONFIRMED)
    proposal = _proposed(founding)
    now = clock.now()
    if found := obstacles(proposal, now.date()):
        raise IllegalMove(" ".join(found) + " Send it back, so that it can be proposed anew.")
    record(founding, data={"digest": founding.digest})
    row = accounts.found_organisation(
        name=proposal.organisation,
        profile=proposal.profile,
        public_site=proposal.public_site,
        roll_call=proposal.roll_call,
        founded_at=now,
        founded_by=founding.proposer,
        confirmed_by=founding.confirmer,
    )
    record(row, verb=Accounts.ORGANISATION_FOUNDED, data={"profile": row.profile})
    people = [steps.founding.admitted(one, proposal) for one in proposal.people]
    for person, one in zip(people, proposal.people, strict=True):
        granted_by = founding.confirmer if person == founding.proposer else founding.proposer
        steps.founding.settle_roles(person, one, granted_by=granted_by, now=now)
    founding.board = steps.founding.seat_the_board(proposal, people, now.date())
    founding.state, founding.ended_at = FoundingState.CONFIRMED, now
    founding.save()
    FoundingDraft.objects.all().delete()
    return founding


@command(Verb.FOUNDING_RETURNED)
def return_founding(*, actor: Actor, founding_id: UUID, reason: str) -> Founding:
    """Send the proposal back, or take it back; it can be changed and proposed anew. Needs a reason."""
    founding = locked(Founding, founding_id)
    require(policies.may_return_founding(actor, founding))
    FOUNDING.require(founding.state, FoundingState.RETURNED)
    if not reason.strip():
        raise Unacceptable("Say what should be changed.", "reason")
    founding.state, founding.ended_at, founding.reason = FoundingState.RETURNED, clock.now(), reason.strip()
    founding.save()
    record(founding, reason=reason.strip())
    return founding


def _draft() -> FoundingDraft:
    """The one draft, locked: every act before the confirmation goes through it."""
    FoundingDraft.objects.get_or_create(only=True, defaults={"saved_at": clock.now()})
    return FoundingDraft.objects.select_for_update().get()


def _require_open() -> None:
    if organisation().founded:
        raise IllegalMove(
            "This installation is founded already. People and roles, visibility and the board have pages of their own."
        )
    if Founding.objects.filter(state=FoundingState.PROPOSED).exists():
        raise IllegalMove("A founding is proposed and waits for its answer. Take it back to change it.")


def _proposed(founding: Founding) -> Proposal:
    """What was proposed, with its addresses. IllegalMove when the draft is not what the proposal was made from."""
    draft = FoundingDraft.objects.select_for_update().first()
    proposal = from_data(draft.typed) if draft is not None else None
    if draft is None or proposal is None or digest_of(proposal.recorded(str(draft.salt))) != founding.digest:
        raise IllegalMove("What was proposed is not what stands here now. Send it back and propose it anew.")
    return proposal
