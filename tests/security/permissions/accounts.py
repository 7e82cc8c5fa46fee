from tests.security.permissions import Row

TABLE = [
    Row("security", "GET", {}, otherwise=200),
    Row("security", "POST", {}, otherwise=405),
    Row("session-end", "GET", {}, otherwise=405),
    Row("session-end", "POST", {}, otherwise=303, data=lambda cast, kwargs: {"session": "others"}),
    Row("accounts:today", "GET", {}, otherwise=200),
    Row("accounts:today", "POST", {}, otherwise=405),
    Row("accounts:today-read", "GET", {}, otherwise=405),
    Row("accounts:today-read", "POST", {}, otherwise=303),
    Row("accounts:search", "GET", {}, otherwise=200),
    Row("accounts:search", "POST", {}, otherwise=405),
]
