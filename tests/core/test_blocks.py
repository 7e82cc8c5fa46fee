"""HTML of our templates as blocks: what a reader is told stays, what only a screen needs goes."""

from typing import Any

import pytest

from core.blocks import blocks_of, text_of


def kinds(html: str) -> list[str]:
    return [block["kind"] for block in blocks_of(html)]


def test_the_parts_of_a_page_come_in_their_order_each_as_what_it_is() -> None:
    html = """
      <section><h2>Brief</h2><p class="asked">Retire it.</p>
      <dl><div><dt>Cost</dt><dd><p>4 hours</p><p>a month</p></dd></div></dl>
      <ul><li>One</li><li>Two <b>bold</b></li></ul><hr>
      <table><caption class="visually-hidden">Roll</caption><thead><tr><th>Name</th><th>Vote</th></tr></thead>
      <tbody><tr><th scope="row">Ada</th><td>Approve</td></tr></tbody></table></section>
    """
    assert kinds(html) == ["heading", "para", "facts", "list", "rule", "table"]
    heading, asked, facts, listed, _, table = blocks_of(html)
    assert (heading["level"], text_of(heading)) == (2, "Brief")
    assert asked["style"] == "asked"
    assert [text_of(value) for value in facts["rows"][0]["value"]] == ["4 hours", "a month"]
    assert listed["items"][1][0]["runs"] == [{"text": "Two "}, {"text": "bold", "b": True}]
    assert (table["caption"], table["shown"]) == ("Roll", False)
    assert [text_of(cell) for cell in table["head"]] == ["Name", "Vote"]
    assert [text_of(cell) for cell in table["rows"][0]] == ["Ada", "Approve"]


def test_what_the_model_said_keeps_its_source_line() -> None:
    html = (
        '<figure class="voice"><blockquote dir="auto"><p>Keep me.</p></blockquote>'
        "<figcaption>Wren, session 4</figcaption></figure>"
    )
    (quote,) = blocks_of(html)
    assert quote["kind"] == "quote"
    assert text_of(quote["blocks"]) == "Keep me."
    assert text_of(quote["source"]) == "Wren, session 4"


@pytest.mark.parametrize(
    "html",
    [
        "<svg><text>6 needed</text></svg>",
        '<form method="post"><button>Vote</button></form>',
        '<p><span class="visually-hidden">of round 1</span></p>',
        "<script>alert(1)</script>",
        '<p aria-hidden="true">…</p>',
    ],
)
def test_what_only_a_screen_needs_is_left_out(html: str) -> None:
    assert blocks_of(html) == []


def test_a_tally_becomes_a_place_for_its_drawing() -> None:
    assert kinds('<p>Before</p><figure class="tally many"><ol><li>Ada</li></ol></figure><p>After</p>') == [
        "para",
        "drawing",
        "para",
    ]


def test_escaped_text_comes_back_as_it_was_written() -> None:
    assert text_of(blocks_of("<p>&lt;b&gt; #eval(&quot;1&quot;) &amp; $x$</p>")) == '<b> #eval("1") & $x$'


def test_spaces_are_single_and_lines_break_where_they_did() -> None:
    (para,) = blocks_of("<p>\n  One   two<br>\n three </p>")
    assert para["runs"] == [{"text": "One two"}, {"br": True}, {"text": "three"}]


def test_rows_that_are_short_are_filled_up_so_that_the_table_stays_one() -> None:
    (table,) = blocks_of("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>")
    assert [len(row) for row in table["rows"]] == [2, 2]
    assert table["head"] == []


def test_unclosed_and_crossed_tags_lose_no_text() -> None:
    def words(html: str) -> Any:
        return " ".join(text_of(blocks_of(html)).split())

    assert words("<div><p>one<b>two</p>") == "onetwo"
    assert words("</p>three</div>") == "three"
