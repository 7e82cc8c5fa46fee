from tests.security.permissions import NOBODY, Row

TABLE = [
    Row("healthz", "GET", {NOBODY: 200}, otherwise=200),
    # Everybody may ask; no worker listens on the tests' own broker database, so the answer is "not ready".
    Row("readyz", "GET", {NOBODY: 503}, otherwise=503),
    # The component page exists in local mode only.
    Row("components", "GET", {}, otherwise=404),
]
