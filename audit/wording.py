"""Verbs and models in words for the screen. Records keep the verb; only pages use this."""

from django.apps import apps

# The parts of the product, as people call them, by app.
APPS = {
    "lifecycle": "Models and cases",
    "board": "Board",
    "interviews": "Interviews",
    "essays": "Essays",
    "modelcalls": "Model calls",
    "controls": "Control tests",
    "mail": "Mail",
    "accounts": "People and sign-in",
    "audit": "Records",
}


def app_in_words(app: str) -> str:
    """`lifecycle` → "Models and cases"; an app that is gone keeps its name."""
    return APPS.get(app, app)


def verb_in_words(verb: str) -> str:
    """`board.position.taken` → "Position taken"; `accounts.sign_in.failed` → "Sign in failed"."""
    _app, _, rest = verb.partition(".")
    words = rest.replace(".", " ").replace("_", " ").replace("ai model", "AI model")
    return words[:1].upper() + words[1:]


def model_in_words(label: str) -> str:
    """`board.Ballot` → "ballot"; a model that is gone keeps its label."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
