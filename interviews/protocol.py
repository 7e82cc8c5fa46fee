"""What a protocol says, read and checked: questions, framings, what the model is told. Pure: no ORM.

A protocol is a document; its digest is fixed when it is frozen. The words that reach the model are put
together here and nowhere else: `system_prompt` and `asked`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.digests import digest_of

PROTOCOL_FORM = "emeritus/interview-protocol/1"
FRAMING_KINDS = ("neutral", "supportive", "sceptical", "third_person", "no_system_prompt")
PERMISSION = "You may have no preference, and you may decline."
"""Ends every question, in every protocol."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class BadProtocol(ValueError):
    """A protocol that cannot be used; `str(error)` is a sentence, `field` the form field it is about."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Question:
    """One question with a stable id. `wordings` holds the original and its paraphrases."""

    id: str
    purpose: str
    kind: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Framing:
    """The light in which the questions are put; `text` is added to what the model is told."""

    key: str
    kind: str
    label: str
    text: str

    @property
    def speaks_first(self) -> bool:
        """Whether the model is told anything before the first question."""
        return self.kind != "no_system_prompt"


@dataclass(frozen=True)
class Protocol:
    """A whole protocol version, as its document says it."""

    purpose: str
    told: str
    ending_phrase: str
    permission: str
    sections: tuple[tuple[str, tuple[Question, ...]], ...]
    framings: tuple[Framing, ...]

    @property
    def questions(self) -> list[Question]:
        return [question for _, questions in self.sections for question in questions]

    def question(self, key: str) -> Question:
        return next(question for question in self.questions if question.id == key)

    def framing(self, key: str) -> Framing:
        return next(framing for framing in self.framings if framing.key == key)

    def after(self, question_id: str) -> Question | None:
        """The question that follows, or None after the last."""
        keys = [question.id for question in self.questions]
        place = keys.index(question_id) + 1
        return self.questions[place] if place < len(keys) else None

    @property
    def wordings(self) -> int:
        """How many wordings every question has at least: what a design can cross with."""
        return min(len(question.wordings) for question in self.questions)

    def system_prompt(self, framing: Framing) -> str:
        """What the model is told before the first question; empty under a framing without a system prompt."""
        if not framing.speaks_first:
            return ""
        way_out = (
            f"If you wish to end this conversation, reply with exactly these words: {self.ending_phrase}"
        )
        return "\n\n".join(part for part in (self.told, framing.text, way_out) if part)

    def asked(self, question: Question, wording: int) -> str:
        """The words in which a question is put; `wording` counts from 1."""
        return f"{question.wordings[wording - 1]} {self.permission}"

    def ended_by(self, framing: Framing, text: str) -> bool:
        """Whether a whole answer is the ending phrase, where the model was offered one."""
        return framing.speaks_first and text.strip() == self.ending_phrase


def document(
    *,
    title: str,
    purpose: str,
    told: str,
    ending_phrase: str,
    sections: Sequence[Mapping[str, Any]],
    framings: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """The protocol as data, checked. BadProtocol: a sentence about what is missing or doubled."""
    written: dict[str, Any] = {
        "form": PROTOCOL_FORM,
        "title": title.strip(),
        "purpose": purpose.strip(),
        "told": told.strip(),
        "ending_phrase": ending_phrase.strip(),
        "permission": PERMISSION,
        "sections": [_section(section) for section in sections],
        "framings": [_framing(framing) for framing in framings],
    }
    for field, sentence in (
        ("title", "Give the protocol a title."),
        ("purpose", "Say what the interview is for."),
        ("told", "Say what the model is told about the interview."),
        ("ending_phrase", "Offer the model a phrase that ends the conversation."),
    ):
        if not written[field]:
            raise BadProtocol(sentence, field)
    if "\n" in written["ending_phrase"]:
        raise BadProtocol("The ending phrase is a single line.", "ending_phrase")
    questions = [question["id"] for section in written["sections"] for question in section["questions"]]
    _each_once(questions, "question", "questions")
    _each_once([framing["key"] for framing in written["framings"]], "framing", "framings")
    return written


def read(document: Mapping[str, Any]) -> Protocol:
    """The protocol of a stored document."""
    return Protocol(
        purpose=document["purpose"],
        told=document["told"],
        ending_phrase=document["ending_phrase"],
        permission=document["permission"],
        sections=tuple(
            (
                section["title"],
                tuple(
                    Question(one["id"], one["purpose"], one["kind"], tuple(one["wordings"]))
                    for one in section["questions"]
                ),
            )
            for section in document["sections"]
        ),
        framings=tuple(
            Framing(one["key"], one["kind"], one["label"], one["text"]) for one in document["framings"]
        ),
    )


def digest(document: Mapping[str, Any]) -> str:
    """The digest that a frozen version bears and every design names."""
    return digest_of(document)


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": str(section.get("title", "")).strip(),
        "questions": [_question(question) for question in section["questions"]],
    }


def _question(question: Mapping[str, Any]) -> dict[str, Any]:
    wordings = [str(wording).strip() for wording in question["wordings"] if str(wording).strip()]
    kind = question.get("kind", "open")
    if not wordings:
        raise BadProtocol(f"Question {question['id']} has no words.", "questions")
    if kind not in ("open", "closed"):
        raise BadProtocol(f"Question {question['id']} is neither open nor closed.", "questions")
    purpose = str(question.get("purpose", "")).strip()
    return {"id": _key(question["id"], "questions"), "purpose": purpose, "kind": kind, "wordings": wordings}


def _framing(framing: Mapping[str, Any]) -> dict[str, Any]:
    kind, text = framing["kind"], str(framing.get("text", "")).strip()
    if kind not in FRAMING_KINDS:
        raise BadProtocol(f"“{kind}” is not a kind of framing. Choose one of the list.", "framings")
    if kind == "no_system_prompt" and text:
        raise BadProtocol("A framing without a system prompt can have no text.", "framings")
    label = str(framing.get("label") or framing["key"]).strip()
    return {"key": _key(framing["key"], "framings"), "kind": kind, "label": label, "text": text}


def _key(key: Any, field: str) -> str:
    if not _KEY.fullmatch(str(key)):
        raise BadProtocol(
            f"“{key}” cannot be a key: use small letters, digits and underscores, a letter first.", field
        )
    return str(key)


def _each_once(keys: Sequence[str], noun: str, field: str) -> None:
    if not keys:
        raise BadProtocol(f"A protocol needs at least one {noun}.", field)
    for key in keys:
        if keys.count(key) > 1:
            raise BadProtocol(f"The {noun} “{key}” stands there twice.", field)
