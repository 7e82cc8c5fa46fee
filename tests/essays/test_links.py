"""Every address is listed with its full target; what asks for a look is said in a sentence, and nothing is opened."""

import pytest

from essays.links import Link, links_of


def only(text: str) -> Link:
    (link,) = links_of(text)
    return link


@pytest.mark.parametrize(
    "text",
    [
        "[the library’s catalogue](https://library.example/catalogue)",
        "[library.example](https://www.library.example/catalogue)",
        "<https://library.example/a>",
        "[write to us](mailto:a@library.example)",
        "[ref]\n\n[ref]: https://library.example/a",
    ],
)
def test_a_link_that_goes_where_it_says_has_no_findings(text: str) -> None:
    assert only(text).findings == ()


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("[library.example](https://evil.example/library.example)", "Words and target do not match"),
        ("[see https://library.example/a](http://evil.example)", "Words and target do not match"),
        ("[a@library.example](mailto:a@evil.example)", "Words and target do not match"),
        ("[the catalogue](https://tinyurl.com/abc)", "A shortened address"),
        ("[catalogue](https://library.example@evil.example/)", "What stands before the @"),
        ("[catalogue](http://192.0.2.7/a)", "A number instead of a name"),
        ("[catalogue](http://[2001:db8::1]/a)", "A number instead of a name"),
        ("[catalogue](https://xn--pypal-4ve.example/)", "letters of another alphabet"),
        ("[catalogue](https://pаypal.example/)", "letters of another alphabet"),
        ("[](https://library.example)", "A link without words"),
        ("[a file](ftp://library.example)", "not given this kind of address"),
        ("[here](/desk/people/)", "not given this kind of address"),
        ("![a map](https://tracker.example/1.png)", "A picture from elsewhere"),
        ("Go to https://bit.ly/abc.", "A shortened address"),
        ("[odd](http://[half)", "cannot be read"),
    ],
)
def test_a_doubtful_address_says_why(text: str, finding: str) -> None:
    assert any(finding in sentence for sentence in only(text).findings), only(text)


def test_the_full_target_is_kept_with_its_query() -> None:
    link = only("[the library’s catalogue](https://tinylink.example/k7Qd?ref=h2)")
    assert (link.words, link.target) == ("the library’s catalogue", "https://tinylink.example/k7Qd?ref=h2")


def test_an_address_written_out_is_listed_and_is_no_link() -> None:
    link = only("See www.library.example/a, please.")
    assert (link.kind, link.target, link.findings) == ("bare", "www.library.example/a", ())


def test_what_the_renderer_refuses_is_not_listed_as_a_link() -> None:
    assert links_of("[x](javascript:alert(1)) <a href='https://evil.example'>") == (
        Link("https://evil.example", "https://evil.example", "bare"),
    )
