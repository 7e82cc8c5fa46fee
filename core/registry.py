"""How a lower app is served by a higher one without knowing it."""

from collections.abc import ItemsView, ValuesView
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Named items, filled once at start from the `registrations.py` of the apps above."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, Item] = {}

    def register(self, key: str, item: Item) -> None:
        """Add an item. ValueError when the key is taken: two apps must not claim one name."""
        if key in self._items:
            raise ValueError(f"{self.name}: {key!r} is registered already")
        self._items[key] = item

    def get(self, key: str) -> Item:
        """The item of this key. KeyError names what is known."""
        try:
            return self._items[key]
        except KeyError:
            known = ", ".join(sorted(self._items)) or "nothing"
            raise KeyError(f"{self.name}: no {key!r}; known: {known}") from None

    def items(self) -> ItemsView[str, Item]:
        return self._items.items()

    def values(self) -> ValuesView[Item]:
        return self._items.values()

    def __contains__(self, key: object) -> bool:
        return key in self._items
