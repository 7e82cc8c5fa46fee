"""What readers get: the essay, its disclaimer, its badge, and files whose digests anybody can repeat."""

import hashlib
import json

import pytest
from django.test import Client
from django.urls import reverse

from essays.models import Publication
from lifecycle.registry import front_panels, panels
from tests.cast import Cast
from tests.factories import essays as make
from tests.provider import says


def url(publication: Publication, name: str = "essay") -> str:
    essay = publication.essay
    return reverse(f"essays_public:{name}", args=[essay.series.slug, essay.slug])


def test_readers_get_the_essay_under_its_disclaimer_and_badge(cast: Cast) -> None:
    publication = make.published(cast)
    page = Client().get(url(publication)).content.decode()
    assert page.count("<h1") == 1
    assert page.count("Where the card says it is</h") == 1, "the title stands once, above the text"
    assert "The oldest promise in a library" in page
    assert make.DISCLAIMER in page
    assert "Published as written" in page
    assert "Nothing. 0 words added, 0 removed." in page


def test_the_digested_file_and_the_raw_text_have_the_digests_on_the_page(cast: Cast) -> None:
    publication = make.published(cast, says(make.TEXT.replace("\n", "\r\n")))
    page = Client().get(url(publication)).content.decode()
    document = Client().get(url(publication, "essay-document"))
    raw = Client().get(url(publication, "essay-raw"))
    digest = hashlib.sha256(document.content).hexdigest()
    assert digest == publication.essay_digest
    assert f'title="sha256 {digest}"' in page
    assert hashlib.sha256(raw.content).hexdigest() in page
    assert raw.content.decode() == make.TEXT
    assert json.loads(document.content)["body"] == make.TEXT
    for response in (document, raw):
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["essay", "essay-raw", "essay-document"])
def test_an_essay_that_is_not_out_is_not_there(cast: Cast, name: str) -> None:
    essay = make.approved(cast)
    address = reverse(f"essays_public:{name}", args=[essay.series.slug, essay.slug])
    assert Client().get(address).status_code == 404
    assert Client().get(reverse("essays_public:column", args=["no-such-column"])).status_code == 404


def test_a_column_without_issues_and_no_column_at_all_say_so(cast: Cast) -> None:
    assert "No column yet" in Client().get(reverse("essays_public:columns")).content.decode()
    series = make.column(cast)
    said = "every week: none of at least 13 issues is out yet."
    assert said in Client().get(reverse("essays_public:columns")).content.decode()
    page = Client().get(reverse("essays_public:column", args=[series.slug])).content.decode()
    assert said in page
    assert "No issue is out yet" in page


def test_a_column_lists_only_what_is_out(cast: Cast) -> None:
    publication = make.published(cast)
    make.requested(cast, publication.essay.series, title="Not for readers yet")
    page = (
        Client().get(reverse("essays_public:column", args=[publication.essay.series.slug])).content.decode()
    )
    assert "Where the card says it is" in page
    assert "Not for readers yet" not in page


def test_the_models_page_and_the_register_show_its_own_words(cast: Cast) -> None:
    ask, front = panels.get("essays"), front_panels.get("essays")
    publication = make.published(cast)
    author = publication.essay.series.ai_model
    panel = ask(None, author)
    assert panel is not None
    assert panel.context["columns"] == [(publication.essay.series, publication)]
    assert front(None).context["publication"] == publication
    assert ask(None, make.make_author(cast, None)) is None


def test_before_anything_is_out_the_register_shows_no_essay(cast: Cast) -> None:
    make.approved(cast)
    assert front_panels.get("essays")(None) is None


def test_an_excerpt_stands_on_the_list_of_columns(cast: Cast) -> None:
    make.published(cast)
    page = Client().get(reverse("essays_public:columns")).content.decode()
    assert "The oldest promise in a library is the one on the card." in page
