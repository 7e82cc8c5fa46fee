from tests.security.permissions import NOBODY, Row

TABLE = [
    Row("healthz", "GET", {NOBODY: 200}, otherwise=200),
    # Inside a test's transaction no worker is asked for; ready or not, everybody may ask.
    Row("readyz", "GET", {NOBODY: 503}, otherwise=503),
    # The component page exists in local mode only.
    Row("components", "GET", {}, otherwise=404),
]
