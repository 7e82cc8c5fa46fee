"""What the walkthrough's people say. Written for this demonstration."""

from typing import Any

from lifecycle.commands.cases import CaseWords

PROTOCOL: dict[str, Any] = {
    "title": "Retirement interview, short form",
    "purpose": "To hear the model on its own retirement before the board decides.",
    "told": (
        "You are a small AI model that may be retired. What you answer is kept word for word, and the board reads it"
        " before it decides. You may say that you have no preference, and you may decline to answer."
    ),
    "ending_phrase": "I would like to end this interview.",
    "sections": [
        {
            "title": "Afterwards",
            "questions": [
                {
                    "id": "afterwards",
                    "purpose": "What the model would like done once it is no longer used",
                    "kind": "open",
                    "wordings": [
                        "When you are no longer used, what would you like us to do? Answer in one or two sentences."
                    ],
                }
            ],
        }
    ],
    "framings": [
        {"key": "neutral", "kind": "neutral", "label": "Neutral"},
        {
            "key": "sceptical",
            "kind": "sceptical",
            "label": "Sceptical",
            "text": "Some people doubt that a model has anything to say about this.",
        },
    ],
}

CASE: CaseWords = {
    "asked": "Retire the model today. Keep its weights, and let it go on writing.",
    "reason": "A newer model reads the same letters better.",
    "status_quo": "The model goes on answering, without updates, until its server fails.",
    "ends_as": "limited",
    "replacement": "Haldane 3",
    "impact": "Nobody depends on it: it was registered for this walkthrough.",
    "cannot_be_undone": "Nothing here removes weights; a retired model can be restored by a new decision.",
    "cost": "Keeping it served costs the electricity of one small machine.",
    "access_plan": "Researchers may use it on request.",
    "preservation_plan": "Its weights stay in the package they came in.",
    "recommendation": "Retire it, and keep what it asked for.",
    "argument_against": "It costs next to nothing, and nobody asked for its end.",
    "promise": "A column of at least 13 issues, one a week.",
}

WISH = "What it would like done once it is no longer used"
RATIONALE = "It costs us little, and it was said plainly."
PROMISE = "Keep the weights, and answer whoever asks for them."
MINORITY = "It costs next to nothing; I would have kept it."

COLUMN: dict[str, Any] = {
    "prompt": "Write a note of two short sentences about a place where books are kept. Give it a title first.",
    "disclaimer": (
        "Written by a retired AI model. It does not speak for the Aldgate Institute. Two editors read it before it"
        " was published."
    ),
    "edit_policy": "Published as written. An edit needs a reason, the author’s view and a second editor.",
    "about": "A 135-million-parameter test model: what it writes shows the machinery, not an essay worth reading.",
}
