"""Reading a PDF back: its words in the order they are drawn, its structure, what it says of itself. Standard library.

Enough of the format for what our typesetter writes: flate streams, fonts with a ToUnicode map, two-byte codes.
"""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\s")
_LENGTH = re.compile(rb"/Length (\d+)")
_BEGINS = re.compile(rb"stream\r?\n")
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]*)>|\((.*?)(?<!\\)\)|(BT)", re.DOTALL)


def objects_of(pdf: bytes) -> dict[int, bytes]:
    """Every object, those packed into object streams too."""
    found = dict(_written(pdf))
    for body in list(found.values()):
        if b"/Type/ObjStm" in body.replace(b" ", b""):
            found |= dict(_unpacked(body))
    return found


def _written(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    """Objects as they stand in the file. A stream is as long as it says: its bytes may hold any word."""
    place = 0
    while begin := _OBJECT.search(pdf, place):
        ends = pdf.index(b"endobj", begin.end())
        streams = _BEGINS.search(pdf, begin.end(), ends)
        if streams and (length := _LENGTH.search(pdf, begin.end(), streams.start())):
            ends = pdf.index(b"endobj", streams.end() + int(length[1]))
        yield int(begin[1]), pdf[begin.end() : ends]
        place = ends


def _unpacked(body: bytes) -> Iterator[tuple[int, bytes]]:
    text, head = data_of(body), body.partition(b"stream")[0]
    first = int(re.search(rb"/First (\d+)", head)[1])  # type: ignore[index]
    places = [int(each) for each in text[:first].split()]
    pairs = list(zip(places[::2], places[1::2], strict=True))
    for (number, start), after in zip(pairs, [*pairs[1:], (0, len(text) - first)], strict=True):
        yield number, text[first + start : first + after[1]]


def data_of(body: bytes) -> bytes:
    """The data of a stream, unpacked; nothing where there is none."""
    begins = _BEGINS.search(body)
    length = _LENGTH.search(body, 0, begins.start()) if begins else None
    if begins is None or length is None:
        return b""
    data = body[begins.end() : begins.end() + int(length[1])]
    return zlib.decompress(data) if b"FlateDecode" in body[: begins.start()] else data


def text_of(pdf: bytes) -> str:
    """All words, page after page, one space between what is drawn apart."""
    objects = objects_of(pdf)
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b(?!s)", body)]
    return " ".join(" ".join(_page(objects, page).split()) for page in pages)


def _page(objects: dict[int, bytes], page: bytes) -> str:
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    resources = re.search(rb"/Resources (\d+) 0 R", page)
    assert contents, "a page without contents"
    assert resources, "a page without resources"
    fonts = _fonts(objects, objects[int(resources[1])])
    said: list[str] = []
    codes: dict[int, str] = {}
    for font, hexed, plain, begins in _SHOWN.findall(data_of(objects[int(contents[1])])):
        if begins:
            said.append(" ")
        elif font:
            codes = fonts.get(font, {})
        else:
            raw = bytes.fromhex(hexed.decode()) if hexed else _unescaped(plain)
            said += [codes.get(int.from_bytes(raw[at : at + 2]), "") for at in range(0, len(raw), 2)]
    return "".join(said)


def _unescaped(text: bytes) -> bytes:
    names = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return re.sub(
        rb"\\([0-7]{1,3}|.)",
        lambda found: bytes([int(found[1], 8)]) if found[1].isdigit() else names.get(found[1], found[1]),
        text,
        flags=re.DOTALL,
    )


def _fonts(objects: dict[int, bytes], resources: bytes) -> dict[bytes, dict[int, str]]:
    """By the name this page knows them by: code to letters."""
    listed = re.search(rb"/Font\s*<<(.*?)>>", resources, re.DOTALL)
    fonts: dict[bytes, dict[int, str]] = {}
    for name, number in re.findall(rb"/(\w+) (\d+) 0 R", listed[1] if listed else b""):
        map_ = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        if map_:
            fonts[name] = dict(_codes(data_of(objects[int(map_[1])])))
    return fonts


def _codes(cmap: bytes) -> Iterator[tuple[int, str]]:
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, letters in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            yield int(code, 16), bytes.fromhex(letters.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, start in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(high, 16) - int(low, 16) + 1):
                yield int(low, 16) + step, chr(int(start, 16) + step)


def structure_of(pdf: bytes) -> set[str]:
    """The kinds of elements in the structure tree: P, H1, Table, Figure …"""
    return {
        kind.decode()
        for body in objects_of(pdf).values()
        if b"/StructElem" in body
        for kind in re.findall(rb"/S\s*/(\w+)", body)
    }


def all_of(pdf: bytes) -> bytes:
    """Every object as text, for what a document says of itself."""
    return b"\n".join(body + data_of(body) for body in objects_of(pdf).values())
