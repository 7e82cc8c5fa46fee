"""Certified decisions, in public: the list, one decision, and its certificate as a file."""

import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.queries import organisation
from accounts.states import RollCall
from board import chain, queries
from board.models import Certificate
from board.pages import Cell, arithmetic_of, certified_cells, in_order, kind_of
from board.policies import may_read_board, may_state_outcome
from board.tally import Counts, terms_from_data
from board.wording import roll_sentence, took_part_sentence
from core.digests import canonical_json
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import Actor
from mail.rendering import address_of

_LINK = re.compile(r'<a [^>]*href="(?P<target>[^"]+)"')


def viewer_of(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def certificate_of(request: HttpRequest, number: str) -> Certificate:
    found = queries.decision_numbered(viewer_of(request), number)
    if found is None:
        raise NotFound("There is no decision with this number.")
    return found


def may_have_file(request: HttpRequest, told: RollCall) -> bool:
    """Whether the certificate, which names everybody, may be handed out."""
    return told == RollCall.NAMES or bool(may_read_board(viewer_of(request)))


def whole_certificate_of(request: HttpRequest, number: str) -> Certificate:
    """The same, for whoever may have all of it. NotFound for everybody else."""
    certificate = certificate_of(request, number)
    if not may_have_file(request, organisation().roll_call):
        raise NotFound("The certificate names who voted how; here that is read by the board alone.")
    return certificate


def told_of(document: dict[str, Any], told: RollCall) -> dict[str, Any]:
    """The certificate's document as the public page tells it: without names where they stay inside."""
    if told == RollCall.NAMES:
        return document
    said = [
        {**one, "name": _affiliation(document, one["name"]) if told == RollCall.AFFILIATIONS else "A member"}
        for one in document["minority"]
    ]
    stated = [
        {**one, "name": _affiliation(document, one["name"]) if told == RollCall.AFFILIATIONS else "A member"}
        for one in document.get("statements", ())
    ]
    return {**document, "minority": said, "statements": stated, "sensitivity": []}


def cells_told(certificate: Certificate, told: RollCall) -> list[Cell]:
    """The roll by name or by affiliation; by totals there is none."""
    if told == RollCall.TOTALS:
        return []
    cells = certified_cells(certificate)
    if told == RollCall.NAMES:
        return cells
    return [
        replace(
            cell,
            name=cell.affiliation or "A member",
            role="",
            affiliation="",
            note="",
            repeats=(cell.affiliation,),
        )
        for cell in cells
    ]


def _affiliation(document: dict[str, Any], name: str) -> str:
    """Found by the field the name is from: names that were redacted all read alike."""
    whose = getattr(name, "of", name)
    found = (
        line["affiliation"] for line in document["roll"] if getattr(line["name"], "of", line["name"]) == whose
    )
    return next(found, "") or "A member"


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    page = page_by_key(
        queries.decisions(viewer_of(request)),
        request.GET,
        by=("-certified_at", "-pk"),
    )
    return render(request, "board/decision_list.html", {"page": page, "place": "decisions"})


@require_safe
def decision(request: HttpRequest, number: str) -> HttpResponse:
    certificate = certificate_of(request, number)
    told = organisation().roll_call
    document, motion = told_of(certificate.told, told), certificate.ballot.motion
    counts = Counts(**document["counts"])
    kind, cells = kind_of(motion.kind), cells_told(certificate, told)
    context = {
        "certificate": certificate,
        "document": document,
        "motion": motion,
        "subject": kind.public_subject(motion),
        "papers": [*kind.asks(motion), *kind.public_papers(certificate)],
        "electors": cells,
        "roll_call": in_order(cells, request.GET, name="roll"),
        "told": told,
        "loss": kind.what_a_loss_did(motion, certificate),
        "outcomes": list(certificate.outcome_statements.order_by("-version")),
        "may_state_outcome": may_state_outcome(viewer_of(request), certificate),
        "file": may_have_file(request, told),
        "roll": f"{roll_sentence(counts)} {took_part_sentence(counts)}",
        "arithmetic": arithmetic_of(terms_from_data(document["terms"]["arithmetic"]), counts),
        "address": address_of(reverse("board_public:decision", args=[certificate.number])),
        "hidden": not queries.may_read_decision(None, certificate.pk),
        "disclosed": certificate.disclosures is not None,
        "link": chain.link_of(certificate),
        "place": "decisions",
    }
    body = render_to_string("board/_decision_body.html", context, request)
    links = [match["target"] for match in _LINK.finditer(body)]
    return render(request, "board/decision_page.html", {**context, "body": body, "links": links})


@require_safe
def certificate_file(request: HttpRequest, number: str) -> HttpResponse:
    """The document in canonical form: SHA-256 of this file is the certificate's digest."""
    certificate = whole_certificate_of(request, number)
    return _handed(certificate.document, f"decision-{certificate.number}.json")


@require_safe
def disclosures_file(request: HttpRequest, number: str) -> HttpResponse:
    """The words of the document with their salts, by the commitments that stand in it (audit.disclosures)."""
    certificate = whole_certificate_of(request, number)
    if certificate.disclosures is None:
        raise NotFound("This certificate holds its words itself: its form is older than disclosures.")
    return _handed(certificate.disclosures, f"decision-{certificate.number}-words.json")


def _handed(value: dict[str, Any], name: str) -> HttpResponse:
    response = HttpResponse(canonical_json(value), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
