"""What a browser fetches to show a desk page for the first time: HTML, styles, scripts, faces, as they are served."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.test import override_settings
from whitenoise import WhiteNoise

from bench.visitors import client_of

PAGES = (
    ("steward", "/desk/"),
    ("steward", "/desk/models/"),
    ("member", "/desk/ballots/"),
    ("secretary", "/desk/ballots/"),
    ("editor", "/desk/essays/"),
    ("auditor", "/desk/calls/"),
    ("auditor", "/desk/audit/"),
)
KILOBYTES = 150
SERIF = re.compile(r'class="[^"]*\b(voice|reading|reading-text|quote)\b')


def measured() -> list[dict[str, Any]]:
    """A row per page: its first load in kB over 150."""
    compressed = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
    }
    with TemporaryDirectory() as folder:
        with override_settings(STATIC_ROOT=folder, STORAGES=compressed):
            call_command("collectstatic", interactive=False, verbosity=0)
        return [_row(role, url, Path(folder)) for role, url in PAGES]


def _row(role: str, url: str, folder: Path) -> dict[str, Any]:
    html = client_of(role).get(url).content
    fetched = sorted(set(_assets(html.decode(), folder)))
    size = len(html) + sum(_served(path, folder) for path in fetched)
    return {
        "figure": f"first load of {url} as {role}: {size / 1000:.0f} kB in {1 + len(fetched)} files",
        "ratio": round(size / 1000 / KILOBYTES, 2),
        "reference": f"{KILOBYTES} kB",
        "bar": 1.0,
    }


def _assets(html: str, folder: Path) -> Iterator[str]:
    """Styles, scripts and pictures the page names, and the faces its styles name as far as it uses them."""
    for path in re.findall(r'(?:href|src)="/(static/[^"]+)"', html):
        yield path
        if path.endswith(".css"):
            css = (folder / path.removeprefix("static/")).read_text()
            for face in re.findall(r"url\(\"?\.\./(fonts/[^\")]+)", css):
                if "serif" not in face or ("italic" not in face and SERIF.search(html)):
                    yield f"static/{face}"


def _served(path: str, folder: Path) -> int:
    """Bytes of the body as WhiteNoise sends it to a browser that takes compression. RuntimeError when missing."""
    statuses: list[str] = []
    serve = WhiteNoise(lambda environ, start: [], root=str(folder), prefix="static/")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/{path}",
        "HTTP_ACCEPT_ENCODING": "gzip, br",
    }
    body = serve(environ, lambda status, headers: statuses.append(status))
    if not statuses or not statuses[0].startswith("200"):
        raise RuntimeError(f"{path} is not served: {statuses}")
    return sum(len(chunk) for chunk in body)
