from tests.security.permissions import NOBODY, Row

TABLE = [
    Row("healthz", "GET", {NOBODY: 200}, otherwise=200),
    # `make test` runs beside a real broker and a real worker, so the installation is ready.
    Row("readyz", "GET", {NOBODY: 200}, otherwise=200),
    # The component page exists in local mode only.
    Row("components", "GET", {}, otherwise=404),
]
