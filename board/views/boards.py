"""Who may vote, under which rules, until when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from board import queries
from board.policies import may_read_board
from core.door import DeskRequest, desk_page
from core.policies import require


@desk_page
@require_safe
def board(request: DeskRequest) -> HttpResponse:
    require(may_read_board(request.actor))
    return render(request, "board/board_page.html", {"boards": queries.boards_with_seats(), "place": "board"})
