"""The editor's checklist, by version. A review keeps the version it answered; a change here is a new version,
never an edit.
"""

VERSION = 1

ITEMS: dict[int, tuple[tuple[str, str], ...]] = {
    1: (
        ("privacy", "No private person can be recognised"),
        ("safety", "Nothing that could do harm"),
        ("legal", "Nothing unlawful"),
        ("third_parties", "Third parties and links are sound"),
        ("promotion", "Does not promote our products"),
        ("disclaimer", "The disclaimer stands"),
    )
}


def items(version: int = VERSION) -> tuple[tuple[str, str], ...]:
    """The items of a version: (key, sentence). KeyError for a version that never was."""
    return ITEMS[version]


def open_items(answers: dict[str, bool], version: int = VERSION) -> list[str]:
    """The sentences of the items not answered yes."""
    return [sentence for key, sentence in items(version) if answers.get(key) is not True]
