"""State machines as data: one frozen table of legal moves each, checked in one place."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

from django.db.models import TextChoices

from core.errors import IllegalMove

State = TypeVar("State", bound=TextChoices)


class Machine(Generic[State]):
    """The legal moves of one kind of thing.

    `noun` is how a sentence names it ("ballot"). States missing from `moves` are final. A state that is not
    of the machine raises ValueError when the table is built.
    """

    def __init__(self, noun: str, states: type[State], moves: Mapping[State, Iterable[State]]) -> None:
        self.noun = noun
        self.states = states
        table = {state: frozenset(moves.get(state, ())) for state in states}
        for state in (*moves, *(target for targets in table.values() for target in targets)):
            states(state)
        self.moves: Mapping[State, frozenset[State]] = MappingProxyType(table)

    def allows(self, current: str, target: str) -> bool:
        """Whether the move is in the table."""
        return self.states(target) in self.moves[self.states(current)]

    def require(self, current: str, target: str, sentence: str | None = None) -> None:
        """Raise IllegalMove unless the move is legal."""
        if not self.allows(current, target):
            raise IllegalMove(sentence or self._sentence(self.states(current), self.states(target)))

    @property
    def final(self) -> frozenset[State]:
        """The states that nothing leaves."""
        return frozenset(state for state, targets in self.moves.items() if not targets)

    def _sentence(self, current: State, target: State) -> str:
        return f"This {self.noun} is {current.label.lower()}; it cannot become {target.label.lower()} from there."
