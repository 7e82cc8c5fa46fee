"""Propose guidelines; only a motion that carries adopts them."""

from uuid import UUID, uuid4

from audit.commands import command, locked
from board import policies
from board.events import Verb
from board.models import Board, Motion
from board.queries import latest_guideline, motions_about, title_taken
from board.steps import make_motion
from core.digests import sha256_hex
from core.errors import IllegalMove, NotFound, Unacceptable
from core.policies import Actor, require


@command(Verb.MOTION_MOVED)
def propose_guideline(
    *,
    actor: Actor,
    board_id: UUID,
    title: str,
    text: str,
    why: str,
    document: UUID | None = None,
    seen: int | None = None,
) -> Motion:
    """Move that the board adopt these words: as a new document, or as the next version of one it goes by.

    `seen`: the version whose words were changed, where they were read on a page.
    """
    board = locked(Board, board_id)
    require(policies.may_move_motion(actor))
    latest = latest_guideline(document) if document else None
    if document and (latest is None or latest.board_id != board.pk):
        raise NotFound("There are no such guidelines.")
    version = latest.version if latest else 0
    if seen is not None and seen != version:
        raise IllegalMove(
            f"Version {version} was adopted while you wrote. What you typed is kept below; read that version in "
            "another tab, then propose the change of it."
        )
    said = {"title": title.strip(), "text": _in_form(text), "why": why.strip()}
    _require_words(said)
    key = document or uuid4()
    if latest is not None and (latest.title, latest.text) == (said["title"], said["text"]):
        raise Unacceptable("These are the words in force. Change what should be different.", "text")
    if title_taken(board, said["title"], key):
        raise Unacceptable(
            "Guidelines of this name are in force. Propose a change of those, or choose another name.",
            "title",
        )
    if waiting := motions_about(key).first():
        raise IllegalMove(
            f"Proposal {waiting.number} proposes a change of these guidelines already. Wait for its result, or let its "
            "mover take it back."
        )
    proposed = {"document": str(key), "title": said["title"], "text": said["text"], "after_version": version}
    return make_motion(
        board_id=board_id,
        kind="guidelines",
        title=f"Shall the guidelines “{said['title']}” {'change' if latest else 'be adopted'}?",
        text=_asked(said["title"], said["text"], version),
        status_quo=(
            f"{f'Version {version} stays in force' if latest else 'The board goes by no such guidelines'}. "
            f"Why that should change: {said['why']}"
        ),
        subject_id=key,
        subject_label=f"{said['title']}, version {version + 1}",
        particulars={"guideline": proposed},
    )


def _in_form(text: str) -> str:
    """With one way of ending lines, so that a comparison shows what somebody changed and nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _require_words(said: dict[str, str]) -> None:
    missing = {
        "title": "Give the guidelines a name.",
        "text": "Write what the board is to go by.",
        "why": "Say why the board should adopt this.",
    }
    for name, sentence in missing.items():
        if not said[name]:
            raise Unacceptable(sentence, name)


def _asked(title: str, text: str, version: int) -> str:
    place = f", in place of version {version}" if version else ""
    return (
        f"Adopt the guidelines “{title}” as version {version + 1}{place}, with the words this proposal holds "
        f"(SHA-256 {sha256_hex(text)[:16]}…). They hold from the certification on, and every vote "
        "opened afterwards names this version."
    )
