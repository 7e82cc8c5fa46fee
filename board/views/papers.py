"""Documents: the board pack and the minutes on the desk, the certificate in public; as pages and as PDF."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.second_factor import fresh_factor
from board.commands import papers as commands
from board.papers.certificates import certificate_sheet
from board.papers.composing import Sheet, as_pdf
from board.papers.minutes import minutes_sheet
from board.papers.pack import pack_context, pack_sheet
from board.queries import decision_of
from board.views.ballots import ballot_for
from board.views.decisions import whole_certificate_of
from board.views.motions import motion_for
from core.digests import digest_of
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound


@desk_page
@require_safe
def pack(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    """All that is read before a vote, on one page. That it was read is recorded, and so is a refusal."""
    motion_for(request, motion_id)
    motion = commands.read_pack(actor=request.actor, motion_id=motion_id)
    context = pack_context(request.actor, motion) | {"place": "board"}
    return render(request, "board/pack_page.html", context)


@desk_page
@fresh_factor
@show_and_do
def export_pack(request: DeskRequest, motion_id: UUID) -> HttpResponse:
    """The pack as a file: asked for first, then handed over with a fresh second factor."""
    motion = motion_for(request, motion_id)
    if request.method != "POST":
        return render(request, "board/pack_export.html", {"motion": motion, "place": "board"})
    motion = commands.export_pack(actor=request.actor, motion_id=motion_id)
    return _handed(pack_sheet(request.actor, motion), f"board-pack-{motion.number}.pdf")


@desk_page
@require_safe
def minutes(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    """The minutes of one decision, made from the records."""
    certificate = decision_of(request.actor, ballot_for(request, ballot_id).pk)
    if certificate is None:
        raise NotFound("There are no minutes yet: they are made when the result is certified.")
    sheet = minutes_sheet(certificate)
    return render(request, "board/minutes_page.html", sheet.context | {"sheet": sheet, "place": "board"})


@desk_page
@require_POST
def export_minutes(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    ballot_for(request, ballot_id)
    certificate = commands.export_minutes(actor=request.actor, ballot_id=ballot_id)
    return _handed(minutes_sheet(certificate), f"minutes-{certificate.number}.pdf")


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as PDF, for whoever may have its file; made from its document and its words alone."""
    found = whole_certificate_of(request, number)
    tag = f'"{digest_of([found.digest, found.disclosures])}-pdf"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = _handed(certificate_sheet(found), f"decision-{found.number}.pdf")
    response["ETag"] = tag
    return response


def _handed(sheet: Sheet, name: str) -> HttpResponse:
    response = HttpResponse(as_pdf(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
