"""PDF from data: the same for the same, accessible, archival; and no text is ever a command."""

import re
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from core import typesetting
from core.blocks import blocks_of
from tests.pdf import all_of, structure_of, text_of

AT = datetime(2026, 11, 27, 18, 0, 5, 123456, tzinfo=UTC)


def document(html: str = "<p>Words.</p>", **said: Any) -> dict[str, Any]:
    return {
        "sort": "Certificate",
        "title": "Shall it be so?",
        "sentence": "Carried.",
        "organisation": "The Institute",
        "running": "Certificate: Shall it be so?",
        "identity": "Decision 2026-03",
        "notice": "",
        "keywords": ["Certificate"],
        "contents": False,
        "blocks": blocks_of(html),
        **said,
    }


def test_the_same_data_give_the_same_bytes_and_another_word_or_day_others() -> None:
    one = typesetting.pdf(document(), at=AT)
    assert one == typesetting.pdf(document(), at=AT)
    assert one != typesetting.pdf(document("<p>Other words.</p>"), at=AT)
    assert one != typesetting.pdf(document(), at=AT + timedelta(days=1))


def test_it_is_archival_accessible_and_says_what_it_is() -> None:
    pdf = typesetting.pdf(
        document("<h2>Part</h2><table><tr><th>A</th></tr><tr><td>b</td></tr></table>"), at=AT
    )
    everything = all_of(pdf)
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>A<", everything)
    assert b"<pdfuaid:part>1<" in everything
    assert b"/Lang(en-GB)" in everything
    assert b"D:20261127180005" in everything
    assert b"Shall it be so?" in everything
    assert structure_of(pdf) >= {"Document", "H1", "H2", "P", "Table", "TH", "TD"}


def test_headings_never_leave_out_a_level() -> None:
    kinds = structure_of(typesetting.pdf(document("<h2>One</h2><h5>Deep</h5><h3>Three</h3>"), at=AT))
    assert {"H1", "H2", "H3"} <= kinds
    assert not kinds & {"H4", "H5"}


HOSTILE = [
    '#eval("1+1") #import "x": * #read("/etc/passwd")',
    "*bold* _it_ $x^2$ `raw` = head @ref <label> \\ //c /*c*/ ]] }} #{",
    '"; panic("no") //',
    "https://evil.example javascript:alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_would_be_a_command_is_printed_as_it_was_written(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    pdf = typesetting.pdf(
        document(f"<h2>{escaped}</h2><p>{escaped}</p><ul><li>{escaped}</li></ul>", title=text), at=AT
    )
    # Lines may break anywhere between signs, so spaces are not compared.
    assert "".join(text_of(pdf).split()).count("".join(text.split())) >= 4


def test_what_would_turn_the_reading_around_is_written_out() -> None:
    pdf = typesetting.pdf(document("<p>pay \u202e100\u202c now\u0007</p>"), at=AT)
    assert "pay [U+202E]100[U+202C] now[U+0007]" in text_of(pdf)


def test_other_scripts_are_printed_even_where_no_face_of_ours_has_them() -> None:
    pdf = typesetting.pdf(document("<p>Ελένη Жанна Łukasz 李雷 \U00012000</p>"), at=AT)
    assert pdf.startswith(b"%PDF-")
    assert "Ελένη Жанна Łukasz" in text_of(pdf)
    assert b"/Lang(en-GB)" in all_of(pdf)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_whatever_becomes_a_document(text: str) -> None:
    blocks = [{"kind": "para", "style": "", "runs": [{"text": text}]}]
    assert typesetting.pdf(document(blocks=blocks, title=text or "Nothing"), at=AT).startswith(b"%PDF-")


def test_its_pages_are_a4() -> None:
    pictures = typesetting.pictures(document("<p>Long.</p>" * 200), at=AT, ppi=72)
    assert len(pictures) > 1
    assert {struct.unpack(">II", picture[16:24]) for picture in pictures} == {(595, 842)}


def test_the_compiler_sees_no_file_but_its_own() -> None:
    files: Any = {"main": b'#read("/etc/hostname")'}
    with pytest.raises(typst.TypstError):
        typst.Compiler(input=files).compile(format="pdf")


def test_without_its_faces_nothing_is_printed_and_it_says_what_to_do(
    settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    typesetting._fonts.cache_clear()
    monkeypatch.setattr(typesetting, "_folder", lambda: tmp_path)
    with pytest.raises(typesetting.NoFonts, match=r"manage\.py cut_fonts"):
        typesetting.pdf(document(), at=AT)
    assert typesetting.missing_fonts() == list(typesetting.FACES)
