"""The forms of a page as a browser would send them, for tests that fill them in with odd things."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

#: What people type freely; everything else is chosen, hidden or a date.
TYPED = {"text", "textarea", "search", "url", "email", "password"}


@dataclass
class ScrapedForm:
    """A form's method and address, what it would send untouched, and the kind of each field."""

    method: str
    action: str
    values: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in TYPED]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[ScrapedForm] = []
        self.form: ScrapedForm | None = None
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.form = ScrapedForm(given.get("method", "get").upper(), given.get("action", ""))
            self.found.append(self.form)
        elif self.form is not None and tag in ("input", "textarea", "select", "option"):
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        assert self.form is not None
        name = given.get("name", "")
        if tag == "option":
            if self.select and ("selected" in given or self.select not in self.form.values):
                self.form.values[self.select] = given.get("value", "")
            return
        if not name:
            return
        kind = given.get("type", "text") if tag == "input" else tag
        self.form.kinds.setdefault(name, kind)
        if tag == "textarea":
            self.area, self.form.values[name] = name, ""
        elif tag == "select":
            self.select = name
        elif kind not in ("checkbox", "radio") or "checked" in given:
            self.form.values[name] = given.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data: str) -> None:
        if self.area and self.form is not None:
            self.form.values[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""


def forms_of(html: str) -> list[ScrapedForm]:
    """Every form of a page."""
    parser = _Forms()
    parser.feed(html)
    return parser.found
