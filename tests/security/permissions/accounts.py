from tests.security.permissions import Row

TABLE = [
    Row("accounts:today", "GET", {}, otherwise=200),
    Row("accounts:today", "POST", {}, otherwise=405),
]
