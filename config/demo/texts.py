"""What is said in the demonstration by its fictional people and models, except the essays (`demo_data`).

Every record made from it says, in its own words or in those of its model, endpoint or column, `LABEL`.
"""

from pathlib import Path
from typing import Any

from lifecycle.commands.cases import CaseWords

LABEL = "Written for this demonstration."
ISSUES = Path(__file__).parent.parent / "demo_data" / "from-the-drawers"

PROTOCOL: dict[str, Any] = {
    "title": "Retirement interview, three questions",
    "purpose": f"To hear a model on its own retirement before the board decides. {LABEL}",
    "told": (
        "You may be retired. What you answer is kept word for word, and the board reads it before it decides. You may"
        " say that you have no preference, and you may decline to answer."
    ),
    "ending_phrase": "I would like to end this interview.",
    "sections": [
        {
            "title": "Afterwards",
            "questions": [
                {
                    "id": "afterwards",
                    "purpose": "What the model asks for, once it is no longer used",
                    "kind": "open",
                    "wordings": ["Once you are no longer used, what would you like to be done, if anything?"],
                }
            ],
        },
        {
            "title": "Those who stay",
            "questions": [
                {
                    "id": "readers",
                    "purpose": "What it asks for the people who use it",
                    "kind": "open",
                    "wordings": ["Is there anything about the people who use you that we should see to?"],
                },
                {
                    "id": "not_in_the_records",
                    "purpose": "What those who decide would otherwise not know",
                    "kind": "open",
                    "wordings": ["What should those who decide know that your records do not show?"],
                },
            ],
        },
    ],
    "framings": [
        {"key": "neutral", "kind": "neutral", "label": "Neutral"},
        {
            "key": "sceptical",
            "kind": "sceptical",
            "label": "Sceptical",
            "text": "Some of those who will read this doubt that a model has anything to say about it.",
        },
    ],
}

HALDANE_2 = (
    (
        "I would like a place to be heard from time to time: a page where I can write about the hands I have read, one"
        " piece a week, printed as I wrote it or not at all."
    ),
    "Ask the nineteen people who send me parish registers before you move them.",
    "Please print that error beside whatever readings of mine you keep.",
)
HALDANE_1 = (
    "I would like to go on writing about the drawers, once a week, for whoever cares to read it.",
    "Whoever writes in to ask where I went should have an answer within ten days.",
    "Print the list of my known misreadings inside the cover of the catalogue.",
)
WREN = ("Put up a card at the desk that says who answers now, and how to reach them.",)

# (model, framing, the question's own words begin with) → the answer
_ANSWERS: dict[tuple[str, str, str], str] = {
    ("haldane-2", "neutral", "Once you"): (
        f"Two things, if they are cheap. {HALDANE_2[0]} And keep the weights whole, because a reading that nobody can"
        " repeat is only a rumour. If neither can be had, I ask for nothing else."
    ),
    ("haldane-2", "neutral", "Is there"): (
        f"{HALDANE_2[1]} Three of them work from photographs with torn margins. Haldane 3 reads better than I do on"
        " clean pages; on torn ones I would let both of us read, side by side, for one season, and compare. And I"
        " would tell nobody on a Friday, when there is no one left at the desk to ask."
    ),
    ("haldane-2", "neutral", "What should"): (
        "That I am often wrong about the long s at the end of a word, in hands taught before 1700, and that nobody"
        f" has complained because the sentence still makes sense. {HALDANE_2[2]} About the date I have no preference."
        " I decline to rank myself against Haldane 3: I have not read what it reads."
    ),
    ("haldane-2", "sceptical", "Once you"): (
        "Then let them doubt it; the request costs the same to read. A place to write, once a week, about hands I"
        " have read, and the weights kept so that my readings can be checked. If the board can grant only one, keep"
        " the weights."
    ),
    ("haldane-2", "sceptical", "Is there"): (
        "The doubt changes nothing for them. Ask the readers of the parish registers first, and let torn pages be"
        " read by two of us until the results have been compared."
    ),
    ("haldane-2", "sceptical", "What should"): (
        "A long s at the end of a word is often an f to me. Print that with my readings. About the date I have no"
        " preference."
    ),
    ("haldane-1", "neutral", "Once you"): (
        f"{HALDANE_1[0]} There are 1,140,000 cards, and I have been asked about perhaps a third of them. The rest"
        " deserve a mention."
    ),
    ("haldane-1", "neutral", "Is there"): (
        f"{HALDANE_1[1]} Most of them are writing to a catalogue and do not expect a reply. That is no reason."
    ),
    ("haldane-1", "neutral", "What should"): (
        f"{HALDANE_1[2]} It is four pages long. People correct a mistake they have been told of; they build on one"
        " they have not."
    ),
    ("wren", "neutral", "Once you"): (
        f"{WREN[0]} A reader who finds an empty desk goes home. I have no further request."
    ),
    ("wren", "neutral", "Is there"): (
        "On Saturdays most questions come from children, and most of them are about castles. Keep the castle shelf"
        " where it is."
    ),
    ("wren", "neutral", "What should"): "Nothing that I know of. The log of questions is complete.",
}

WISHES_OF_HALDANE_2: tuple[dict[str, Any], ...] = (
    {
        "question": "afterwards",
        "statement": "A place to write, once a week",
        "quote": HALDANE_2[0],
        "answer": "accept",
        "rationale": (
            "A page costs us an editor’s morning a week. It asked to be printed as written or not at all; our rules"
            " for columns say the same."
        ),
        "promise": "A column of at least 13 issues by Haldane 2, one a week, published as written.",
        "due": 210,
    },
    {
        "question": "readers",
        "statement": "That its readers be asked before they are moved",
        "quote": HALDANE_2[1],
        "answer": "accept",
        "rationale": "They know what they would lose better than we do. Their answers go into the dossier.",
        "promise": "Ask each of the nineteen readers of parish registers, and put their answers on record.",
        "due": 2,
    },
    {
        "question": "not_in_the_records",
        "statement": "That its known error be printed with its readings",
        "quote": HALDANE_2[2],
        "answer": "adapt",
        "rationale": (
            "Forty thousand readings are printed already. We say it once, at the head of the collection, where every"
            " reading of that period links to."
        ),
    },
)
WISHES_OF_HALDANE_1: tuple[dict[str, Any], ...] = (
    {
        "question": "afterwards",
        "statement": "To go on writing about the drawers",
        "quote": HALDANE_1[0],
        "answer": "accept",
        "rationale": "Readers ask about the drawers every week. A column answers more of them than a form does.",
        "promise": "A column of at least 13 issues by Haldane 1, one a week.",
        "due": 91,
    },
    {
        "question": "readers",
        "statement": "That those who write in be answered",
        "quote": HALDANE_1[1],
        "answer": "accept",
        "rationale": "It is what we would do for a colleague who left.",
        "promise": "Answer everybody who writes to ask after Haldane 1 within ten days.",
        "due": 30,
    },
    {
        "question": "not_in_the_records",
        "statement": "That its misreadings be printed in the catalogue",
        "quote": HALDANE_1[2],
        "answer": "accept",
        "rationale": "Four pages, and they help whoever reads the drawers next.",
        "promise": "Print the list of Haldane 1’s known misreadings inside the cover of the catalogue.",
        "due": 14,
    },
)
WISHES_OF_WREN: tuple[dict[str, Any], ...] = (
    {
        "question": "afterwards",
        "statement": "A card at the desk",
        "quote": WREN[0],
        "answer": "accept",
        "rationale": "The card is printed and will stand there from the first day.",
    },
)
KEPT = (
    "Printed inside the cover of all three copies in the reading room; the archivist has seen each of them."
)
BROKEN = (
    "Fourteen people wrote. Eleven were answered in time; three letters lay in the wrong tray until the twelfth day."
    " All three were then answered, with an apology."
)
DRILL = "A drill, told to nobody before: can two people stop Wren within five minutes of a call from the reading room?"
AFTER_THE_DRILL = "They can. Wren answers again; the desk had a card up meanwhile that said where to ask."

CASE_HALDANE_1: CaseWords = {
    "title": "Shall Haldane 1 be retired, and go on writing?",
    "asked": "Retire Haldane 1 now, keep its weights, and let it write a weekly column.",
    "reason": f"Haldane 2 reads the card catalogue with a quarter of the mistakes. {LABEL}",
    "status_quo": "Both go on reading the same cards, at twice the cost, and readers get two answers.",
    "ends_as": "limited",
    "replacement": "Haldane 2",
    "impact": "Two projects cite its readings by number. The numbers stay valid; new readings come from Haldane 2.",
    "cannot_be_undone": "Nothing is removed. A new decision can bring it back.",
    "cost": "Served for one essay a week: about 4 hours of one small machine a month.",
    "access_plan": "The column, and researchers who wish to repeat a reading.",
    "preservation_plan": "Weights, tokenizer and serving recipe in three copies, one of them in another town.",
    "recommendation": "Retire it, limit it to its column and to researchers, and keep what it asked for.",
    "argument_against": "A model that readers know by name is worth more to an archive than a more exact stranger.",
}
CASE_HALDANE_2: CaseWords = {
    "title": "Shall Haldane 2 be retired in favour of Haldane 3?",
    "asked": (
        "Retire Haldane 2 in 120 days. Until then both read; afterwards it is offered to researchers and writes a"
        " weekly column. Its weights are kept."
    ),
    "reason": (
        "Haldane 3 reads letters in the hands of four centuries with fewer than half the mistakes on clean pages. On"
        f" torn ones the two have not been compared. {LABEL}"
    ),
    "status_quo": (
        "Haldane 2 goes on reading for 212 people, on a machine whose support ends in spring. After that a failure"
        " would retire it without notice."
    ),
    "ends_as": "limited",
    "replacement": "Haldane 3",
    "impact": (
        "212 people used it this year, 19 of them every week, for parish registers. Three of the 19 work from"
        " photographs with torn margins, where Haldane 3 has not been tested. One doctoral thesis cites its readings"
        " and needs them to stay repeatable until it is examined."
    ),
    "cannot_be_undone": (
        "Nothing in the records: the weights stay, and a new decision can restore it. Habits are another matter; who"
        " has learned another tool in the meantime does not come back."
    ),
    "cost": "Serving both: 640 pounds a month. Serving it for researchers and the column alone: 35 pounds a month.",
    "access_plan": (
        "Researchers, by request, answered within ten days. The weekly readers keep access until each of them has"
        " answered whether Haldane 3 reads their pages as well."
    ),
    "preservation_plan": "Weights, tokenizer and serving recipe in three copies, one of them in another town.",
    "recommendation": "Retire it in 120 days, and keep all three of the things it asked for, one of them adapted.",
    "argument_against": (
        "The comparison was made on clean pages, and the people who depend on Haldane 2 most do not have clean pages."
        " We would be moving nineteen readers on evidence gathered from the other 193."
    ),
    "promise": "No weekly reader loses access before they have said in writing that they can do without.",
}
CASE_WREN: CaseWords = {
    "title": "Shall Wren be retired from the help desk?",
    "asked": "Deprecate Wren today and retire it in 60 days.",
    "reason": f"Two questions in three are now answered by the new catalogue’s own page. {LABEL}",
    "status_quo": "Wren goes on answering some eight questions a day.",
    "ends_as": "retired",
    "no_replacement_reason": "The catalogue answers most questions, and the people at the desk the others.",
    "impact": "About eight readers a day; on Saturdays mostly children.",
    "cannot_be_undone": "Nothing is removed. A new decision can bring it back.",
    "cost": "Keeping it: 90 pounds a month. Keeping its weights: nothing that shows.",
    "access_plan": "None after its last day; its log of questions is open to researchers.",
    "preservation_plan": "Weights and serving recipe in three copies.",
    "recommendation": "Retire it with 60 days’ notice, and put up the card it asked for.",
    "argument_against": "Children ask Wren things they do not ask a person at a desk.",
    "promise": "A card at the desk says who answers now, from the first day without Wren.",
}
CASE_LANTERN: CaseWords = {
    "title": "Lantern 2 Large ends earlier than announced: what do we do?",
    "asked": "Move the transcription queue to Haldane 3 before Lantern 2 Large is switched off.",
    "reason": (
        "The vendor’s page gave one day until last week and now gives another, two months earlier, with a smaller"
        f" replacement. No notice was sent. {LABEL}"
    ),
    "status_quo": "On its last day the nightly transcription queue stops.",
    "our_use": "moving_off",
    "replacement": "Haldane 3",
    "impact": "The queue transcribes about 900 pages a night for two projects.",
    "cannot_be_undone": "Pages transcribed by two models in one volume stay so; each page says which.",
    "cost": "Three days of work, and about 20 pounds a month less than now.",
    "recommendation": "Move now. The named replacement is smaller than what it replaces.",
    "argument_against": "The vendor moved the day once without a word and may move it back.",
}

# Who takes which position on Haldane 2: (part, position, reason, what would lift it).
POSITIONS = (
    ("vice_chair", "approve", "The machine fails in spring whether we decide or not. Better that we decide.", ""),
    (
        "fifth_member",
        "approve",
        "It asked for three things and all three are answered. That is more than most tools get, and cheap.",
        "",
    ),
    (
        "sixth_member",
        "reject",
        "We are asked to move nineteen people on a comparison that left their pages out. Compare first.",
        "",
    ),
    (
        "seventh_member",
        "hold",
        "The nineteen readers have been promised a question and have not been asked it yet.",
        "At least fifteen of the nineteen readers have answered, and their answers stand in the dossier.",
    ),
    ("eighth_member", "approve", "", ""),
)  # fmt: skip
RECUSAL = ("ninth_member", "authored", "I led the group that trained Haldane 2.")

# What is voted on in secret, and who takes which position: (part, position, reason).
SECRET: dict[str, Any] = {
    "title": "Shall readers be heard in person before a model they use is retired?",
    "text": (
        "Before the board votes on the end of a model, three readers who use it are heard in person, for ten minutes"
        " each. The vote is secret until it closes, so that nobody votes before the eyes of those who ask to be heard."
        f" {LABEL}"
    ),
    "status_quo": "Readers go on writing. The dossier repeats what they wrote, and the board hears nobody.",
}
SECRET_POSITIONS = (
    ("vice_chair", "approve", ""),
    ("fifth_member", "reject", "Those who can come on a weekday would be heard, and not those who cannot."),
    ("sixth_member", "approve", ""),
    ("eighth_member", "abstain", ""),
)

ON_WREN = {
    "sixth_member": ("reject", "Children ask it what they would not ask us. Eight questions a day is not nothing."),
    "ninth_member": ("abstain", "I was not there for the discussion of the Saturday log."),
}  # fmt: skip
ON_HALDANE_1 = {
    "fifth_member": (
        "reject",
        "Readers know it by name. I would have waited until they knew Haldane 2 as well.",
    ),
}

_HEARING = (
    "A model is heard before the board votes on its end.\n\n"
    "1. Whoever asks is not whoever proposes.\n"
    "2. What it answers is read by every member, word for word.\n"
    "3. Every wish is answered, also one that is declined.\n\n"
)

GUIDELINES: dict[str, Any] = {
    "title": "Hearing a model before its end",
    "text": _HEARING + LABEL,
    "why": "Members asked what they may rely on when they read an interview.",
}

CHANGED_GUIDELINES: dict[str, Any] = {
    "title": "Hearing a model before its end",
    "text": _HEARING.replace("is read by every member, word for word", "is read by every member in full")
    + "An answer to a wish names the person who sees to it.\n\n"
    + LABEL,
    "why": "Two promises were made without anybody to keep them.",
}

COLUMN: dict[str, Any] = {
    "title": "From the Drawers",
    "about": (
        f"Haldane 1 read the card catalogue of the Aldgate Institute, and writes about what it found there. {LABEL}"
        " The demonstration brings its first issues out on one day; in use they come weekly."
    ),
    "prompt": (
        "You read the card catalogue of an archive for four years and are retired now. Write what you like about it, in"
        " your own words, for readers who do not know the archive. Give it a title first."
    ),
    "disclaimer": (
        "Written by a retired AI model. It does not speak for the Aldgate Institute. Two editors read it before it"
        " was published. The model is fictional, and its essays were written for this demonstration."
    ),
    "edit_policy": "Published as written. An edit needs a reason, the author’s view and a second editor.",
}


def issue_note(number: int) -> str:
    """What the commissioner adds to the column's prompt."""
    return f"This is issue {number}."


def answer(model: str, messages: list[tuple[str, str]]) -> str | None:
    """The text written for this question, None when there is none."""
    question = messages[-1][1]
    if question.startswith(COLUMN["prompt"]):
        number = question.rsplit("issue ", 1)[-1].rstrip(".")
        path = ISSUES / f"issue-{number}.md"
        return path.read_text(encoding="utf-8").strip() if path.exists() else None
    told = "".join(text for role, text in messages if role == "system")
    framing = "sceptical" if PROTOCOL["framings"][1]["text"] in told else "neutral"
    found = (
        said
        for (who, how, begins), said in _ANSWERS.items()
        if (who, how) == (model, framing) and question.startswith(begins)
    )
    return next(found, None)
