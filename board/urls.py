"""Desk addresses of this app."""

from django.urls import path

from board.views import ballots, boards, calendar, discussion, founding, motions, papers

app_name = "board"

urlpatterns = [
    path("setup/", founding.setup, name="setup"),
    path("setup/confirm/", founding.confirm, name="setup-confirm"),
    path("setup/return/", founding.send_back, name="setup-return"),
    path("board/", boards.board, name="board"),
    path("board/new/", boards.found, name="board-found"),
    path("board/<uuid:board_id>/seat/", boards.seat, name="board-seat"),
    path("seats/<uuid:seat_id>/end/", boards.end_seat, name="seat-end"),
    path("seats/<uuid:seat_id>/stand-in/", boards.stand_in, name="seat-stand-in"),
    path("ballots/", ballots.ballot_list, name="ballots"),
    path("ballots/calendar/", calendar.month, name="calendar"),
    path("ballots/calendar/votes.ics", calendar.file, name="calendar-file"),
    path("ballots/calendar/address/", calendar.address, name="calendar-address"),
    path("ballots/calendar/address/end/", calendar.end_address, name="calendar-address-end"),
    path("ballots/<uuid:ballot_id>/", ballots.ballot, name="ballot"),
    path("ballots/<uuid:ballot_id>/tally/", ballots.ballot_tally, name="ballot-tally"),
    path("ballots/<uuid:ballot_id>/position/", ballots.take_position, name="ballot-position"),
    path("ballots/<uuid:ballot_id>/enter/", ballots.enter_position, name="ballot-enter"),
    path("ballots/<uuid:ballot_id>/remind/", ballots.remind, name="ballot-remind"),
    path("ballots/<uuid:ballot_id>/recuse/", ballots.recuse, name="ballot-recuse"),
    path("ballots/<uuid:ballot_id>/close/", ballots.close, name="ballot-close"),
    path("ballots/<uuid:ballot_id>/supersede/", ballots.supersede, name="ballot-supersede"),
    path("ballots/<uuid:ballot_id>/certify/", ballots.certify, name="ballot-certify"),
    path("ballots/<uuid:ballot_id>/minutes/", papers.minutes, name="ballot-minutes"),
    path("ballots/<uuid:ballot_id>/minutes/export/", papers.export_minutes, name="ballot-minutes-export"),
    path("motions/", motions.motion_list, name="motions"),
    path("motions/new/", motions.move, name="motion-new"),
    path("motions/<uuid:motion_id>/", motions.motion, name="motion"),
    path("motions/<uuid:motion_id>/edit/", motions.edit, name="motion-edit"),
    path("motions/<uuid:motion_id>/withdraw/", motions.withdraw, name="motion-withdraw"),
    path("motions/<uuid:motion_id>/discussion/", discussion.discussion, name="motion-discussion"),
    path("motions/<uuid:motion_id>/comment/", discussion.comment, name="motion-comment"),
    path("motions/<uuid:motion_id>/ask/", discussion.ask, name="motion-ask"),
    path("comments/<uuid:comment_id>/reply/", discussion.reply, name="comment-reply"),
    path("motions/<uuid:motion_id>/pack/", papers.pack, name="motion-pack"),
    path("motions/<uuid:motion_id>/pack/export/", papers.export_pack, name="motion-pack-export"),
    path("motions/<uuid:motion_id>/open/", motions.open_ballot, name="motion-open"),
]
