from tests.security.permissions import NOBODY, Row

KEEPING = {"steward": 200, "secretary": 200, "auditor": 200}

TABLE = [
    Row("healthz", "GET", {NOBODY: 200}, otherwise=200),
    # Everybody may ask; no worker listens on the tests' own broker database, so the answer is "not ready".
    Row("readyz", "GET", {NOBODY: 503}, otherwise=503),
    # The component page exists in local mode only.
    Row("components", "GET", {}, otherwise=404),
    # So does the story, which signs in without a password.
    Row("story", "GET", {NOBODY: 404}, otherwise=404),
    Row("story", "POST", {NOBODY: 405}, otherwise=405),
    Row("story-continue", "GET", {NOBODY: 405}, otherwise=405, make=lambda cast: {"key": "vote"}),
    Row("story-continue", "POST", {NOBODY: 404}, otherwise=404, make=lambda cast: {"key": "vote"}),
    Row("settings", "GET", KEEPING),
    Row("health", "GET", KEEPING),
]
