"""The web fonts: small, Latin, and under names that are ours to use."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from config.local import fonts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    fonts.cut(folder)
    return folder


@pytest.mark.parametrize("name", ["emeritus-sans", "emeritus-serif", "emeritus-serif-italic"])
def test_each_font_is_small_has_the_letters_and_bears_no_reserved_name(folder: Path, name: str) -> None:
    path = folder / f"{name}.woff2"
    assert path.stat().st_size < 60_000
    font = TTFont(path)
    assert font.flavor == "woff2"
    assert {ord(letter) for letter in "Aàéøžß–“”…€→−≤"} <= set(font.getBestCmap())
    named = [str(record) for record in font["name"].names if record.nameID in (1, 3, 4, 6)]
    assert named
    assert not [text for text in named if "Source" in text or "Literata" in text]


@pytest.mark.parametrize("name", ["emeritus-sans", "emeritus-serif"])
def test_the_upright_faces_go_from_regular_to_semibold(folder: Path, name: str) -> None:
    axes = {
        axis.axisTag: (axis.minValue, axis.maxValue) for axis in TTFont(folder / f"{name}.woff2")["fvar"].axes
    }
    assert axes == {"wght": (400, 600)}


def test_each_licence_comes_with_the_fonts(folder: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("LICENCE-*.txt"))]
    assert len(texts) == 2
    assert all("SIL Open Font License" in text and "renamed" in text for text in texts)
