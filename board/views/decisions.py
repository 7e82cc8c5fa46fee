"""Certified decisions, in public: the list, one decision, and its certificate as a file."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from board import queries
from board.models import Certificate
from board.pages import arithmetic_of, certified_cells, kind_of
from board.tally import Counts, terms_from_data
from board.wording import roll_sentence, took_part_sentence
from core.digests import canonical_json, digest_of
from core.errors import NotFound
from core.web import page_by_key

_LINK = re.compile(r'<a [^>]*href="(?P<target>[^"]+)"')


def certificate_of(number: str) -> Certificate:
    found = Certificate.objects.select_related("ballot__motion__board").filter(number=number).first()
    if found is None:
        raise NotFound("There is no decision with this number.")
    return found


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    page = page_by_key(
        queries.decisions(), cursor=request.GET.get("cursor", ""), size=30, field="certified_at"
    )
    return render(request, "board/decision_list.html", {"page": page, "place": "decisions"})


@require_safe
def decision(request: HttpRequest, number: str) -> HttpResponse:
    certificate = certificate_of(number)
    document, motion = certificate.document, certificate.ballot.motion
    counts = Counts(**document["counts"])
    kind = kind_of(motion.kind)
    context = {
        "certificate": certificate,
        "document": document,
        "motion": motion,
        "subject": kind.public_subject(motion),
        "papers": kind.public_papers(motion),
        "electors": certified_cells(certificate),
        "roll": f"{roll_sentence(counts)} {took_part_sentence(counts)}",
        "arithmetic": arithmetic_of(terms_from_data(document["terms"]["arithmetic"]), counts),
        "verified": digest_of(document) == certificate.digest,
        "place": "decisions",
    }
    body = render_to_string("board/_decision_body.html", context, request)
    links = [match["target"] for match in _LINK.finditer(body)]
    return render(request, "board/decision_page.html", {**context, "body": body, "links": links})


@require_safe
def certificate_file(request: HttpRequest, number: str) -> HttpResponse:
    """The document in canonical form: SHA-256 of this file is the certificate's digest."""
    certificate = certificate_of(number)
    response = HttpResponse(canonical_json(certificate.document), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="decision-{certificate.number}.json"'
    return response
