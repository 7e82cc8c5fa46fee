"""From words to rows: full text for what was written, trigrams for names, so that a slip of the pen still finds.

Not here: who may see what (each app says so before it searches), and pages.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchVector
from django.db.models import BooleanField, F, FloatField, Func, Index, IntegerField, QuerySet

from core.statements import Place

MOST_WORDS = 6
LONGEST_NUMBER = 10  # digits, and none has as many
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


Shape = tuple[tuple[bool, bool], ...]


@dataclass(frozen=True)
class Sought:
    """What is looked for, word by word. Without `values`, every word of that `shape`: they are given later.

    `shape` says of each word whether it is long enough for a guess and whether it is a number.
    """

    shape: Shape
    values: dict[str, Any] = field(hash=False)

    def __getitem__(self, name: str) -> Any:
        return self.values[name] if self.values else Place(name)


def sought(text: str) -> Sought | None:
    """What a text asks for; None where it holds no word to look for."""
    words = words_of(text)
    if not words:
        return None
    values: dict[str, Any] = {"all": _all(words)}
    shape = []
    for at, word in enumerate(words):
        number = int(word) if word.isdecimal() and len(word) < LONGEST_NUMBER else None
        values |= {f"word{at}": word, f"prefix{at}": _prefix(word), f"number{at}": number}
        values[f"begins{at}"] = word.replace("_", r"\_") + "%"
        values[f"holds{at}"] = "%" + values[f"begins{at}"]
        shape.append((len(word) >= SHORTEST_GUESS, number is not None))
    return Sought(tuple(shape), values)


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
    rows: QuerySet[Any], words: Sought, *, name: str, fields: tuple[str, ...], number: str = ""
) -> QuerySet[Any]:
    """Rows in whose `fields` each word occurs, or resembles a part of `name`, or is their `number`; best first.

    Each row bears `rank`, and `found`, the number of all matches, so that a first few can be shown with their
    total. To be paged by BEST_FIRST.
    """
    found = rows.filter(_Matches(words, name, fields, number))
    ranked: QuerySet[Any] = found.annotate(rank=_Rank(words, name, fields), found=_HowMany()).order_by(
        *BEST_FIRST
    )
    return ranked


class _Written(Func):
    """SQL written as text around a row's columns.

    One search asks eight tables; of eight such queries made of Django's expressions, the making takes longer than
    the answers.
    """

    def __init__(self, words: Sought, name: str, fields: tuple[str, ...], number: str = "") -> None:
        super().__init__(name, *fields, *([number] if number else []))
        self.words, self.numbered = words, bool(number)
        self.prose = fields != (name,)  # something is written besides the name

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:  # type: ignore[override]  # takes none of Func's templates
        columns = [compiler.compile(column) for column in self.source_expressions]
        if any(params for _, params in columns):
            raise TypeError("What is searched must be columns.")
        name, *fields = [column for column, _ in columns]
        number = fields.pop() if self.numbered else ""
        # As `prose` writes it, or no index serves.
        vector = " || ' ' || ".join(f"coalesce({field}, '')" for field in fields)
        return self.written(name, f"to_tsvector('{CONFIG}'::regconfig, {vector})", number)

    def written(self, name: str, vector: str, number: str) -> tuple[str, list[Any]]:
        """The SQL and its values; `vector` is what full text sees of the fields, `number` a column or ""."""
        raise NotImplementedError  # pragma: no cover - abstract


class _Matches(_Written):
    """Whether each word is found."""

    output_field = BooleanField()

    def written(self, name: str, vector: str, number: str) -> tuple[str, list[Any]]:
        conditions, params = [], []
        for at, (guessed, numeral) in enumerate(self.words.shape):
            # In this order: where the name decides, the text need not be read.
            either = [(f"{name} ilike %s", f"begins{at}")]
            if guessed:
                either.append((f"{name} %%> %s", f"word{at}"))
            if number and numeral:
                either.append((f"{number} = %s", f"number{at}"))
            either.append((f"{vector} @@ to_tsquery('{CONFIG}'::regconfig, %s)", f"prefix{at}"))
            conditions.append(f"({' or '.join(condition for condition, _ in either)})")
            params += [self.words[value] for _, value in either]
        return f"({' and '.join(conditions)})", params


class _Rank(_Written):
    """How well a row fits. With all its digits, so that a page can begin after it."""

    output_field = FloatField()

    def written(self, name: str, vector: str, number: str) -> tuple[str, list[Any]]:
        terms, params = [], []
        for at in range(len(self.words.shape)):
            # Letters are compared only where the word does not stand there: most often it does.
            terms.append(f"case when {name} ilike %s then 1 else word_similarity(%s, {name}) end")
            params += [f"holds{at}", f"word{at}"]
        # Of two names that hold the words, the shorter is nearer.
        terms.append(f"1.0 / (1 + length({name}))")
        if self.prose:
            # The text is read only where the name does not hold them all; it says less than 1.
            held = " and ".join(f"{name} ilike %s" for _ in self.words.shape)
            terms.append(
                f"case when {held} then 1 else ts_rank({vector}, to_tsquery('{CONFIG}'::regconfig, %s)) end"
            )
            params += [*(f"holds{at}" for at in range(len(self.words.shape))), "all"]
        return f"({' + '.join(terms)})::float8", [self.words[value] for value in params]


class _HowMany(Func):
    """The number of all rows found, in each of them."""

    template = "count(*) over ()"
    output_field = IntegerField()
    contains_over_clause = True

    def get_group_by_cols(self) -> list[Any]:
        return []


def every(words: list[str]) -> SearchQuery:
    """A search for all of some words, each as the beginning of a word."""
    return SearchQuery(_all(words), search_type="raw", config=CONFIG)


def _all(words: list[str]) -> str:
    return " & ".join(map(_prefix, words))


def _prefix(word: str) -> str:
    """One word as a search for what begins with it. Only word characters get here, so that quoting is enough."""
    return f"'{word}':*"
