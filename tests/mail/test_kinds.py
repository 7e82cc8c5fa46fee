"""Every kind of mail can be written, leads to one page, and keeps to what a mail may say."""

import re

import pytest

from mail.registry import kinds
from mail.rendering import enveloped, unwrapped, wrapped, written


@pytest.mark.parametrize("key", sorted(key for key, _ in kinds.items()))
def test_every_kind_can_be_written_and_holds_one_link(key: str) -> None:
    kind = kinds.get(key)
    subject, text = written(kind, kind.example)
    whole = enveloped(kind, name="Ada Chair", text=text, url="/desk/", organisation="The Aldgate Institute")
    assert subject
    assert "\n" not in subject
    assert len(re.findall(r"https?://", whole)) == 1
    assert max(len(line) for line in whole.splitlines()) <= 72
    assert "{{" not in whole
    assert "None" not in whole
    assert not re.search(r"!|\bOops\b|&(amp|quot|#39);", whole)


@pytest.mark.parametrize("key", sorted(key for key, _ in kinds.items()))
def test_only_mails_of_duty_and_security_cannot_be_switched_off(key: str) -> None:
    """What is secret concerns sign-in, and must reach its person."""
    kind = kinds.get(key)
    assert not (kind.secret and kind.optional)
    if key.startswith("accounts."):
        assert not kind.optional


def test_paragraphs_are_wrapped_and_lists_keep_their_items() -> None:
    text = "One " * 40 + "\n\n- first item\n- second " + "long " * 20
    lines = wrapped(text).splitlines()
    assert max(map(len, lines)) <= 72
    assert [line for line in lines if line.startswith("- ")] == [
        "- first item",
        next(x for x in lines if "second" in x),
    ]
    assert any(line.startswith("  long") for line in lines)


@pytest.mark.parametrize("key", sorted(key for key, _ in kinds.items()))
def test_a_page_shows_the_same_mail_with_one_line_to_a_paragraph(key: str) -> None:
    kind = kinds.get(key)
    _, text = written(kind, kind.example)
    whole = enveloped(kind, name="Ada Chair", text=text, url="/desk/", organisation="The Aldgate Institute")
    shown = unwrapped(whole)
    assert shown.split() == whole.split()
    assert f"You get this because {kind.why}." in shown
    assert re.search(r"^http\S+$", shown, re.MULTILINE)
    assert "\nEmeritus at The Aldgate Institute\n" in shown + "\n"


def test_what_was_parted_by_wrapping_is_joined_and_nothing_else() -> None:
    text = "One " * 40 + "\n\n- first item\n- second " + "long " * 20
    assert unwrapped(wrapped(text)).splitlines() == [
        ("One " * 40).strip(),
        "",
        "- first item",
        "- second " + ("long " * 20).strip(),
    ]
