"""The browser of the tests: found on this machine, or installed. `python -m config.local.browser` does so.

Which pages are opened in it is decided in `tests/journeys/`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
#: Without fonts of its own the browser draws nothing readable on a bare server.
PACKAGES = ("chromium", "fonts-noto-core", "fonts-liberation")


def executable() -> str | None:
    """A Chromium to start: the machine's, else the one Playwright installed; None when there is neither."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def obtain() -> str | None:
    """Install a browser when none is found: with apt-get as root on Debian, else as Playwright does."""
    if found := executable():
        return found
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and is_debian() and shutil.which("apt-get"):
        ways.insert(0, ["apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES])
        subprocess.run(["apt-get", "update", "--quiet"], check=False, env=environment)
    for way in ways:
        print(f"No browser was found. Installing one: {' '.join(way)}", flush=True)
        subprocess.run(way, check=False, env=environment)
        if found := executable():
            return found
    return None


def is_debian() -> bool:
    """Whether this is Debian itself: elsewhere the package of this name may be something else."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    return "ID=debian" in lines


def main() -> int:
    """Get the browser, start it once, and say plainly what is missing otherwise."""
    found = obtain()
    if found is None:
        print(
            "No browser could be installed, and the tests need one: install Chromium so that `chromium` is "
            "on the PATH (on Debian, as root: apt-get install chromium fonts-noto-core), then try again.",
            file=sys.stderr,
        )
        return 1
    trial = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=60)
    if trial.returncode:
        reason = (trial.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"The browser {found} does not start ({reason}): install what it lacks.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
