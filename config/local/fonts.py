"""Cuts the two faces to what the pages use: Latin, upright and italic, weights 400 to 600, as woff2.

And the same faces for documents on paper, whole and in single weights, as TrueType: names there may be in any
script these faces have, and the typesetter takes no variable fonts and no woff2.

The sources are the font packages of the local dependencies. Both are under the SIL Open Font License, whose
reserved names may not be used for changed versions: the cut fonts are Emeritus Sans and Emeritus Serif.
How they look on a page is the stylesheet's.
"""

import importlib.metadata
import logging
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from config.local.env import ROOT

FONTS = ROOT / "build" / "static" / "fonts"
#: Where core.typesetting looks; served to nobody.
PRINT_FONTS = ROOT / "build" / "fonts"
#: Basic Latin, Latin-1, Latin Extended-A, combining marks, punctuation, arrows, the signs the pages show.
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x18F, 0x192, 0x218, 0x219, 0x21A, 0x21B, 0x259, 0x2BC, 0x2C6, 0x2C7, *range(0x2D8, 0x2DE)),
    *range(0x300, 0x30D),
    *(0x1E9E, *range(0x2002, 0x200B), *range(0x2010, 0x2028), 0x202F, 0x2030, 0x2032, 0x2033),
    *(0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122, *range(0x2190, 0x2194), 0x2197, 0x21B5),
    *(0x2212, 0x2215, 0x2248, 0x2260, 0x2264, 0x2265),
    *(0x2713, 0x2717, 0x25CF, 0x25CB, 0x25A0, 0x25B2, 0x25BC),
]
FEATURES = ["kern", "mark", "mkmk", "liga", "clig", "calt", "ccmp", "locl", "tnum", "lnum", "pnum", "onum"]
#: file name, package, file in it, new family name, axes kept
CUTS = (
    (
        "emeritus-sans",
        "fontpkg_source_sans_3",
        "SourceSans3[wght].ttf",
        "Emeritus Sans",
        {"wght": (400, 600)},
    ),
    (
        "emeritus-serif",
        "fontpkg_literata",
        "Literata[opsz,wght].ttf",
        "Emeritus Serif",
        {"wght": (400, 600), "opsz": 18},
    ),
    (
        "emeritus-serif-italic",
        "fontpkg_literata",
        "Literata-Italic[opsz,wght].ttf",
        "Emeritus Serif",
        {"wght": 400, "opsz": 18},
    ),
)
#: The same for paper: file name, package, file in it, family, style, the one weight and size
_SANS = ("fontpkg_source_sans_3", "SourceSans3[wght].ttf", "Emeritus Sans")
_SERIF = ("fontpkg_literata", "Literata[opsz,wght].ttf", "Emeritus Serif")
_ITALIC = ("fontpkg_literata", "Literata-Italic[opsz,wght].ttf", "Emeritus Serif")
PRINTED: tuple[tuple[str, str, str, str, str, dict[str, float]], ...] = (
    ("emeritus-sans", *_SANS, "Regular", {"wght": 400}),
    ("emeritus-sans-bold", *_SANS, "SemiBold", {"wght": 600}),
    ("emeritus-serif", *_SERIF, "Regular", {"wght": 400, "opsz": 12}),
    ("emeritus-serif-bold", *_SERIF, "SemiBold", {"wght": 600, "opsz": 12}),
    ("emeritus-serif-italic", *_ITALIC, "Italic", {"wght": 400, "opsz": 12}),
)
LICENCES = (
    ("Emeritus Sans", "fontpkg_source_sans_3", "Source Sans 3"),
    ("Emeritus Serif", "fontpkg_literata", "Literata"),
)


def cut(folder: Path = FONTS) -> list[Path]:
    """Write every font and its licence into the folder; the files written, licences last."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    return [_cut_one(folder, *row) for row in CUTS] + _licences_into(folder)


def cut_for_print(folder: Path = PRINT_FONTS) -> list[Path]:
    """The same for the faces of documents."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    return [_cut_printed(folder, *row) for row in PRINTED] + _licences_into(folder)


def _licences_into(folder: Path) -> list[Path]:
    written = []
    for family, package, source in LICENCES:
        path = folder / f"LICENCE-{family.lower().replace(' ', '-')}.txt"
        path.write_text(_licence(family, package, source), encoding="utf-8")
        written.append(path)
    return written


def _cut_printed(
    folder: Path, name: str, package: str, file: str, family: str, style: str, axes: dict[str, float]
) -> Path:
    font = instancer.instantiateVariableFont(TTFont(_inside(package, f"files/{file}")), axes)
    _rename(font, family, style)
    font["OS/2"].usWeightClass = int(axes["wght"])
    return _saved(font, folder / f"{name}.ttf")


def _cut_one(folder: Path, name: str, package: str, file: str, family: str, axes: dict[str, object]) -> Path:
    font = TTFont(_inside(package, f"files/{file}"))
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, axes)
    _rename(font, family, "Italic" if "italic" in name else "Regular")
    font.flavor = "woff2"
    return _saved(font, folder / f"{name}.woff2")


def _saved(font: TTFont, path: Path) -> Path:
    """Written beside its place and moved there: whoever reads it never reads half of it."""
    fresh = path.with_suffix(".new")
    font.save(fresh)
    fresh.replace(path)
    return path


def _rename(font: TTFont, family: str, style: str) -> None:
    names = {
        1: family,
        2: style,
        3: f"{family} {style}",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
    }
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )
        elif record.nameID not in (0, 5, 13, 14):
            font["name"].removeNames(nameID=record.nameID)


def _licence(family: str, package: str, source: str) -> str:
    text = _inside(package, "LICENSE").read_text(encoding="utf-8")
    return f"{family} is made from {source}, cut and renamed.\n\n{text}"


def _inside(package: str, file: str) -> Path:
    distribution = importlib.metadata.distribution(package.replace("_", "-"))
    return Path(str(distribution.locate_file(f"{package}/{file}")))
