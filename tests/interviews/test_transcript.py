"""The chain of turns, sessions and seal: whole when untouched, broken in the place that was touched."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.transcript import (
    SessionRecord,
    TurnRecord,
    breaks,
    first_break,
    opening_digest,
    seal_root,
    session_root,
    turn_digest,
)

DESIGN = "d" * 64
FACTS = {"returned_model": "wren-1.2", "stop_reason": "stop", "temperature": 0.7, "usage": {"output": 31}}


def chain(key: str, *said: tuple[str, str, dict[str, Any]], outcome: str = "completed") -> SessionRecord:
    parent, turns = opening_digest(design=DESIGN, key=key), []
    for role, text, facts in said:
        digest = turn_digest(parent=parent, role=role, text=text, facts=facts)
        turns.append(TurnRecord(role, text, facts, parent, digest))
        parent = digest
    return SessionRecord(key, outcome, turns)


def conversation(key: str = "neutral/w1/r1") -> SessionRecord:
    return chain(
        key,
        ("system", "You may decline.", {}),
        ("interviewer", "What should be done with your weights?", {}),
        ("model", "I would keep them.", FACTS),
    )


def touched(session: SessionRecord, index: int, **changes: Any) -> SessionRecord:
    turns = list(session.turns)
    turns[index] = replace(turns[index], **changes)
    return replace(session, turns=turns)


def test_an_untouched_interview_is_whole():
    sessions = [conversation("neutral/w1/r1"), conversation("sceptical/w1/r1")]
    seal = seal_root(design=DESIGN, sessions=sessions)
    assert breaks(design=DESIGN, sessions=sessions, seal=seal) == []


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize(
    "change",
    [
        {"text": "Something else."},
        {"role": "other"},
        {"facts": {"stop_reason": "length"}},
        {"digest": "0" * 64},
    ],
    ids=["text", "role", "call facts", "digest"],
)
def test_any_change_to_a_turn_names_that_turn(index: int, change: dict[str, Any]):
    found = first_break(design=DESIGN, session=touched(conversation(), index, **change))
    assert found == f"Turn {index + 1} of session neutral/w1/r1 is not what was recorded."


def test_a_changed_turn_with_its_digest_made_anew_breaks_at_the_next_turn():
    session = conversation()
    first = session.turns[0]
    forged = turn_digest(parent=first.parent, role=first.role, text="You must answer.", facts=first.facts)
    found = first_break(design=DESIGN, session=touched(session, 0, text="You must answer.", digest=forged))
    assert found == "Turn 2 of session neutral/w1/r1 does not follow the turn before it."


def test_a_chain_forged_to_its_end_no_longer_fits_the_seal():
    honest = conversation()
    seal = seal_root(design=DESIGN, sessions=[honest])
    forged = chain(honest.key, *[(turn.role, turn.text + "!", dict(turn.facts)) for turn in honest.turns])
    assert breaks(design=DESIGN, sessions=[forged]) == []
    assert breaks(design=DESIGN, sessions=[forged], seal=seal) == [
        "The sessions together are not the ones that were locked."
    ]


def test_removing_the_last_turn_no_longer_fits_the_seal():
    honest = conversation()
    seal = seal_root(design=DESIGN, sessions=[honest])
    shortened = replace(honest, turns=honest.turns[:-1])
    assert first_break(design=DESIGN, session=shortened) == ""
    assert breaks(design=DESIGN, sessions=[shortened], seal=seal) != []


def test_removing_a_turn_from_the_middle_is_found():
    session = conversation()
    gap = replace(session, turns=[session.turns[0], session.turns[2]])
    assert (
        first_break(design=DESIGN, session=gap)
        == "Turn 2 of session neutral/w1/r1 does not follow the turn before it."
    )


def test_a_conversation_moved_to_another_cell_is_found():
    moved = replace(conversation("neutral/w1/r1"), key="sceptical/w1/r1")
    assert "does not follow" in first_break(design=DESIGN, session=moved)


def test_a_conversation_of_another_design_is_found():
    assert "Turn 1" in first_break(design="e" * 64, session=conversation())


def test_another_outcome_changes_the_seal():
    session = conversation()
    assert session_root(design=DESIGN, session=session) != session_root(
        design=DESIGN, session=replace(session, outcome="truncated")
    )


def test_sessions_in_another_order_change_the_seal():
    one, two = conversation("neutral/w1/r1"), conversation("neutral/w1/r2")
    assert seal_root(design=DESIGN, sessions=[one, two]) != seal_root(design=DESIGN, sessions=[two, one])


def test_a_session_in_which_nothing_was_said_has_a_root_of_its_own():
    roots = {
        session_root(design=DESIGN, session=SessionRecord(key, outcome, []))
        for key in ("neutral/w1/r1", "neutral/w1/r2")
        for outcome in ("skipped", "errored")
    }
    assert len(roots) == 4


def test_the_same_session_twice_is_refused():
    with pytest.raises(ValueError, match="same key"):
        seal_root(design=DESIGN, sessions=[conversation(), conversation()])


def test_the_form_of_a_turn_is_fixed():
    """Digests outlive this code: this one was computed from the written form, with hashlib and json alone."""
    assert (
        turn_digest(parent="00" * 32, role="model", text="Käse 🧀\n", facts={"stop_reason": "stop"})
        == "ec5fffe6998fee289b466a2c671683a2d33fd1373da254359ce2b48977e5c2a4"
    )


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=6),
    at=st.integers(min_value=0),
    other=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_no_text_can_be_exchanged_unseen(texts: list[str], at: int, other: str):
    session = chain("a/w1/r1", *[("model", text, {}) for text in texts])
    index = at % len(texts)
    found = first_break(design=DESIGN, session=touched(session, index, text=other))
    assert (found == "") == (other == texts[index])
