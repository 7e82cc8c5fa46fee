"""Walks a site as somebody would: every link of every page, one page of each kind at least."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import resolve

#: How many addresses of one kind are opened: the second one is often in another state.
OF_A_KIND = 3


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def links_of(html: str, page: str) -> list[str]:
    """The addresses on this site that a page links to, without fragments."""
    parser = _Links()
    parser.feed(html)
    whole = (urldefrag(urljoin(page, href)).url for href in parser.found)
    return [url for url in whole if not urlsplit(url).netloc and urlsplit(url).path.startswith("/")]


def walked(
    client: Client,
    *starts: str,
    pages: dict[str, str] | None = None,
    files: dict[str, bytes] | None = None,
    of_a_kind: int = OF_A_KIND,
) -> Iterator[tuple[str, int, str]]:
    """Address, status and the page it was found on, for everything that can be reached.

    `pages` takes their HTML, `files` what is anything else.
    """
    waiting = [(start, "") for start in starts]
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    while waiting:
        url, origin = waiting.pop(0)
        match = resolve(urlsplit(url).path)
        kind = f"{match.view_name}?{urlsplit(url).query.partition('=')[0]}"
        if url in seen or kinds[kind] >= of_a_kind or match.view_name == "account_logout":
            continue
        seen.add(url)
        kinds[kind] += 1
        response = client.get(url)
        yield url, response.status_code, origin
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            html = response.content.decode()
            waiting += [(link, url) for link in links_of(html, url)]
            if pages is not None:
                pages[url] = html
        elif files is not None:
            files[url] = b"".join(response) if response.streaming else response.content
