"""HTML of our own templates as plain blocks, for paper: what a page says, without how it looks on a screen.

Pure: text in, dicts of strings, numbers and lists out (JSON). Drawings, forms, links of navigation and what only
screen readers get are left out; a drawing's table says the same. Never for HTML from elsewhere: it is a reader
of what our templates escaped, not a sanitiser.

A block has a `kind`: heading (level, runs) · para (style, runs) · list (ordered, items: lists of blocks) · facts
(rows: name as runs, value as blocks) · table (caption, shown, columns: shares of the width, head and rows: cells of
blocks) · quote (blocks, source) · rule · drawing (a tally, to be drawn from its numbers). A run is text with marks:
b, i, m (mono), s (struck), small, href; or a line break (`br`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Block = dict[str, Any]
Run = dict[str, Any]

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "use", "line", "wbr", "col"})
_LEFT_OUT = frozenset(
    {"svg", "script", "style", "nav", "form", "button", "template", "img", "input", "title"}
)
_THROUGH = frozenset(
    {"div", "section", "article", "aside", "header", "footer", "main", "body", "html", "details", "figure", "thead",
     "tbody"}
)  # fmt: skip
_MARKS = {
    "b": "b", "strong": "b", "summary": "b", "i": "i", "em": "i", "cite": "i", "code": "m", "kbd": "m", "samp": "m",
    "s": "s", "del": "s", "small": "small",
}  # fmt: skip
_STYLES = ("asked", "sentence", "note", "muted")
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str]
    children: list["_Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def left_out(self) -> bool:
        return (
            self.tag in _LEFT_OUT
            or "hidden" in self.attributes
            or self.attributes.get("aria-hidden") == "true"
            or ("visually-hidden" in self.classes and self.tag != "caption")
        )


class _Tree(HTMLParser):
    """The nodes of a fragment. An end tag closes what is open up to its own; one that opens nothing is ignored."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("body", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(_Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def blocks_of(html: str) -> list[Block]:
    """The blocks of a fragment, in reading order."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return list(_blocks(tree.root.children))


def text_of(value: Any) -> str:
    """All text of a block, of runs or of lists of them, for searching and for measuring columns."""
    if isinstance(value, dict):
        if value.get("br"):
            return "\n"
        return "".join(text_of(each) for key, each in value.items() if key in _WITH_TEXT)
    if isinstance(value, list):
        return "".join(text_of(each) for each in value)
    return value if isinstance(value, str) else ""


_WITH_TEXT = ("text", "runs", "items", "blocks", "rows", "name", "value", "head", "source")


def _blocks(nodes: Iterable["_Node | str"]) -> Iterator[Block]:
    """Blocks as they come; what stands loose between them is a paragraph of its own."""
    loose: list[_Node | str] = []
    for node in nodes:
        if isinstance(node, str) or not _is_block(node):
            loose.append(node)
            continue
        yield from _paragraph(loose)
        loose = []
        if not node.left_out:
            yield from _block(node)
    yield from _paragraph(loose)


def _is_block(node: _Node) -> bool:
    return node.left_out or node.tag in _READ or node.tag in _THROUGH


def _block(node: _Node) -> Iterator[Block]:
    if "tally" in node.classes:
        yield {"kind": "drawing"}
    elif node.tag in _THROUGH and "voice" not in node.classes:
        yield from _blocks(node.children)
    else:
        yield from _READ["figure" if "voice" in node.classes else node.tag](node)


def _paragraph(nodes: list["_Node | str"], style: str = "") -> Iterator[Block]:
    runs = _tidied(_runs(nodes, {}))
    if runs:
        yield {"kind": "para", "style": style, "runs": runs}


def _p(node: _Node) -> Iterator[Block]:
    style = next((name for name in _STYLES if name in node.classes), "")
    yield from _paragraph(node.children, style)


def _heading(node: _Node) -> Iterator[Block]:
    runs = _tidied(_runs(node.children, {}))
    if runs:
        yield {"kind": "heading", "level": int(node.tag[1]), "runs": runs}


def _list(node: _Node) -> Iterator[Block]:
    items = [list(_blocks(item.children)) for item in _below(node, "li")]
    if any(items):
        yield {"kind": "list", "ordered": node.tag == "ol", "items": [item for item in items if item]}


def _facts(node: _Node) -> Iterator[Block]:
    rows: list[dict[str, Any]] = []
    for each in _below(node, "dt", "dd"):
        if each.tag == "dt":
            rows.append({"name": _tidied(_runs(each.children, {})), "value": []})
        elif rows:
            rows[-1]["value"] += _blocks(each.children)
    if rows:
        yield {"kind": "facts", "rows": rows}


def _table(node: _Node) -> Iterator[Block]:
    caption = "".join(text_of(_tidied(_runs(each.children, {}))) for each in _below(node, "caption"))
    rows = [
        [(cell.tag, list(_blocks(cell.children))) for cell in _below(row, "th", "td")] for row in _below(node, "tr")
    ]  # fmt: skip
    rows = [row for row in rows if row]
    if not rows:
        return
    head = [cell for _, cell in rows[0]] if all(tag == "th" for tag, _ in rows[0]) else []
    body = [[cell for _, cell in row] for row in (rows[1:] if head else rows)]
    width = max(map(len, [head, *body]))
    body = [row + [[] for _ in range(width - len(row))] for row in body]
    shown = "visually-hidden" not in next((each.classes for each in _below(node, "caption")), [])
    yield {
        "kind": "table",
        "caption": caption,
        "shown": shown,
        "columns": _widths([head, *body] if head else body),
        "head": head,
        "rows": body,
    }


def _widths(rows: list[list[list[Block]]]) -> list[int]:
    """Shares of the width: by the longest text of each column, neither too narrow to read nor all of it."""
    columns = zip(*(row for row in rows), strict=False)
    return [min(60, max(12, *(len(text_of(cell)) for cell in column))) for column in columns]


def _quote(node: _Node) -> Iterator[Block]:
    """What the model said, with its source line; a bare quotation has none."""
    said = next(iter(_below(node, "blockquote")), node)
    source = [run for each in _below(node, "figcaption") for run in _tidied(_runs(each.children, {}))]
    blocks = list(_blocks(said.children))
    if blocks:
        yield {"kind": "quote", "blocks": blocks, "source": source}


def _rule(node: _Node) -> Iterator[Block]:
    yield {"kind": "rule"}


def _caption(node: _Node) -> Iterator[Block]:
    yield from _paragraph(node.children, "note")


_READ = {
    "p": _p,
    "pre": _p,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "ul": _list,
    "ol": _list,
    "dl": _facts,
    "table": _table,
    "figure": _quote,
    "blockquote": _quote,
    "figcaption": _caption,
    "hr": _rule,
}


def _below(node: _Node, *tags: str) -> Iterator[_Node]:
    """The nearest of these inside a node, not those inside them."""
    for child in node.children:
        if isinstance(child, str) or (child.left_out and child.tag not in tags):
            continue
        if child.tag in tags:
            yield child
        else:
            yield from _below(child, *tags)


def _runs(nodes: Iterable["_Node | str"], marks: Run) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, str):
            yield {"text": _SPACE.sub(" ", node), **marks}
        elif node.tag == "br":
            yield {"br": True}
        elif not node.left_out:
            yield from _runs(node.children, {**marks, **_marks_of(node)})


def _marks_of(node: _Node) -> Run:
    marks: Run = {}
    if node.tag in _MARKS:
        marks[_MARKS[node.tag]] = True
    if "digest" in node.classes:
        marks["m"] = True
    if node.tag == "a" and node.attributes.get("href", "")[:1] not in ("", "#"):
        marks["href"] = node.attributes["href"]
    return marks


def _tidied(runs: Iterable[Run]) -> list[Run]:
    """Without doubled spaces, and none at the ends or around line breaks."""
    tidy: list[Run] = []
    for run in runs:
        if "text" in run and (not tidy or tidy[-1].get("br") or tidy[-1]["text"].endswith(" ")):
            run = {**run, "text": run["text"].lstrip(" ")}
        if run.get("br") and tidy and "text" in tidy[-1]:
            tidy[-1] = {**tidy[-1], "text": tidy[-1]["text"].rstrip(" ")}
        if run.get("br") or run["text"]:
            tidy.append(run)
    while tidy and (tidy[-1].get("br") or not tidy[-1]["text"].strip(" ")):
        tidy.pop()
    if tidy:
        tidy[-1] = {**tidy[-1], "text": tidy[-1]["text"].rstrip(" ")}
    return tidy
