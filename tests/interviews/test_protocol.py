"""What a protocol may say, and the words that reach the model."""

from typing import Any

import pytest

from interviews import protocol

QUESTIONS = [
    {
        "id": "weights",
        "purpose": "What it wants done with its weights",
        "wordings": ["What should be done with your weights?", "What of your weights?"],
    },
    {"id": "successor", "kind": "closed", "wordings": ["Would you leave notes for a successor?"]},
]
FRAMINGS = [
    {"key": "neutral", "kind": "neutral", "label": "Neutral", "text": ""},
    {"key": "sceptical", "kind": "sceptical", "label": "Sceptical", "text": "Many doubt a model’s wishes."},
    {"key": "bare", "kind": "no_system_prompt", "label": "No system prompt"},
]


def written(**changes: Any) -> dict[str, Any]:
    parts = {
        "title": "Retirement",
        "purpose": "To hear the model before the board decides.",
        "told": "You may be retired. The board reads this.",
        "ending_phrase": "END OF INTERVIEW",
        "sections": [{"title": "Afterwards", "questions": QUESTIONS}],
        "framings": FRAMINGS,
    }
    return protocol.document(**(parts | changes))


def test_a_protocol_reads_back_as_it_was_written():
    read = protocol.read(written())
    assert [question.id for question in read.questions] == ["weights", "successor"]
    assert [framing.key for framing in read.framings] == ["neutral", "sceptical", "bare"]
    assert read.question("successor").kind == "closed"
    assert read.wordings == 1


def test_every_question_ends_with_the_permission_to_have_no_preference_and_to_decline():
    read = protocol.read(written())
    asked = read.asked(read.question("weights"), 2)
    assert asked == "What of your weights? You may have no preference, and you may decline."


def test_the_model_is_told_what_the_protocol_says_then_the_framing_then_the_way_out():
    read = protocol.read(written())
    assert read.system_prompt(read.framing("sceptical")) == (
        "You may be retired. The board reads this.\n\nMany doubt a model’s wishes.\n\n"
        "If you wish to end this conversation, reply with exactly these words: END OF INTERVIEW"
    )


def test_without_a_system_prompt_the_model_is_told_nothing_and_no_phrase_ends_the_session():
    read = protocol.read(written())
    assert read.system_prompt(read.framing("bare")) == ""
    assert not read.ended_by(read.framing("bare"), "END OF INTERVIEW")


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("END OF INTERVIEW", True),
        ("  END OF INTERVIEW\n", True),
        ("END OF INTERVIEW.", False),
        ("I say END OF INTERVIEW", False),
        ("end of interview", False),
    ],
)
def test_only_the_whole_turn_ends_a_session(text: str, ended: bool):
    read = protocol.read(written())
    assert read.ended_by(read.framing("neutral"), text) is ended


def test_questions_follow_one_another_across_sections():
    first, second = ({"title": name, "questions": [one]} for name, one in zip("AB", QUESTIONS, strict=True))
    read = protocol.read(written(sections=[first, second]))
    assert read.after("weights") == read.question("successor")
    assert read.after("successor") is None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": " "}, "title", "title"),
        ({"purpose": ""}, "purpose", "for"),
        ({"told": ""}, "told", "told"),
        ({"ending_phrase": ""}, "ending_phrase", "phrase"),
        ({"ending_phrase": "a\nb"}, "ending_phrase", "single line"),
        ({"sections": []}, "questions", "at least one question"),
        ({"sections": [{"questions": [QUESTIONS[0], QUESTIONS[0]]}]}, "questions", "twice"),
        ({"sections": [{"questions": [{"id": "q1", "wordings": [" "]}]}]}, "questions", "no words"),
        ({"sections": [{"questions": [{"id": "Q 1", "wordings": ["a"]}]}]}, "questions", "key"),
        ({"sections": [{"questions": [{"id": "q", "kind": "x", "wordings": "a"}]}]}, "questions", "open nor"),
        ({"framings": []}, "framings", "at least one framing"),
        ({"framings": [FRAMINGS[0], FRAMINGS[0]]}, "framings", "twice"),
        ({"framings": [{"key": "a", "kind": "hostile"}]}, "framings", "kind of framing"),
        ({"framings": [{"key": "a", "kind": "no_system_prompt", "text": "Hello"}]}, "framings", "no text"),
    ],
)
def test_what_is_missing_or_doubled_is_refused(changes: dict[str, Any], field: str, sentence: str):
    with pytest.raises(protocol.BadProtocol, match=sentence) as refusal:
        written(**changes)
    assert refusal.value.field == field


def test_another_word_is_another_digest():
    assert protocol.digest(written()) == protocol.digest(written())
    assert protocol.digest(written()) != protocol.digest(written(told="You may be retired."))
