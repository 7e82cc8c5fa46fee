"""From words to rows: full text for what was written, trigrams for names, so that a slip of the pen still finds.

Not here: who may see what (each app says so before it searches), and pages.
"""

import re
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import (
    CombinedSearchVector,
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramSimilarity,
    TrigramWordSimilarity,
)
from django.db.models import Count, F, FloatField, Index, Q, QuerySet, Window
from django.db.models.functions import Cast

MOST_WORDS = 6
SHORTEST_GUESS = 4  # characters: of a shorter word the trigrams say nothing
CONFIG = "english"
BEST_FIRST = ("-rank", "pk")
# English full text drops these, so that none can be asked for; a few of the most usual.
SMALL = frozenset(
    {
        "a", "an", "and", "are", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "shall",
        "that", "the", "this", "to", "was", "we", "what", "which", "who", "with",
    }
)  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words that are looked for: at most six, without those that stand everywhere."""
    words = re.findall(r"\w+(?:[-.]\w+)*", text.casefold())[:MOST_WORDS]
    return [word for word in words if word not in SMALL]


def prose(*fields: str) -> SearchVector | CombinedSearchVector:
    """What full text sees of these fields; the same expression serves an index and a search."""
    return SearchVector(*fields, config=CONFIG)


def search_indexes(model: str, name: str, fields: tuple[str, ...]) -> list[Index]:
    """What makes `matching` quick in a large table: trigrams of the name, and full text of the fields."""
    return [
        GinIndex(OpClass(F(name), name="gin_trgm_ops"), name=f"{model}_by_likeness"),
        GinIndex(prose(*fields), name=f"{model}_by_words"),
    ]


def matching(
    rows: QuerySet[Any],
    text: str,
    *,
    name: str,
    vector: SearchVector | CombinedSearchVector,
    number: str = "",
) -> QuerySet[Any]:
    """Rows in which each word occurs, or resembles a part of `name`, or is their `number`; best first.

    Each row bears `found`, the number of all matches, so that a first few can be shown with their total. To be
    paged by BEST_FIRST.
    """
    words = words_of(text)
    if not words:
        return rows.none()
    rows = rows.alias(vector=vector)  # compared, not fetched
    whole = every(words)
    # The whole name counts too: of two that hold the word, the shorter is nearer.
    resemblance: Any = TrigramSimilarity(name, " ".join(words))
    conditions = Q()
    for word in words:
        # In this order: where the name decides, the text need not be read.
        condition = Q(**{f"{name}__istartswith": word})
        if len(word) >= SHORTEST_GUESS:
            condition |= Q(**{f"{name}__trigram_word_similar": word})
        if number and word.isdecimal() and len(word) < 10:
            condition |= Q(**{number: int(word)})
        condition |= Q(vector=SearchQuery(_prefix(word), search_type="raw", config=CONFIG))
        conditions &= condition
        resemblance = resemblance + TrigramWordSimilarity(word, name)
    rank = SearchRank(F("vector"), whole) + resemblance
    # With all its digits, so that a page can begin after it.
    found = rows.filter(conditions).annotate(rank=Cast(rank, FloatField()), found=Window(Count("pk")))
    ranked: QuerySet[Any] = found.order_by(*BEST_FIRST)
    return ranked


def every(words: list[str]) -> SearchQuery:
    """A search for all of some words, each as the beginning of a word."""
    return SearchQuery(" & ".join(map(_prefix, words)), search_type="raw", config=CONFIG)


def _prefix(word: str) -> str:
    """One word as a search for what begins with it. Only word characters get here, so that quoting is enough."""
    return f"'{word}':*"
