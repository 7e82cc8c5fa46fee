"""A certificate is read through `told`, which knows what was redacted; its document alone says commitments."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Where the document itself is meant: what is handed out as the file that is digested.
DIGESTED = "board/views/decisions.py"
APPS = (
    "accounts",
    "audit",
    "board",
    "config",
    "controls",
    "essays",
    "interviews",
    "lifecycle",
    "mail",
    "templates",
)
READ = re.compile(r"(?:certificate\w*|decision\w*|there)\.document\b")


def test_nobody_reads_a_certificates_document_past_its_words() -> None:
    reading = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*")
        if path.suffix in {".py", ".html"} and READ.search(path.read_text())
    }
    assert reading == {DIGESTED}
