"""Unsafe settings refuse the start and say what to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.checks import production_settings, refuse_unsafe_start


@pytest.fixture
def production(settings):
    settings.DEBUG = False
    settings.SECRET_KEY = "k" * 60
    settings.ALLOWED_HOSTS = ["emeritus.example.org"]
    settings.PUBLIC_URL = "https://emeritus.example.org"
    settings.ORGANISATION_NAME = "The Aldgate Institute"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    return settings


def test_good_settings_start(production) -> None:
    assert production_settings(None) == []
    assert refuse_unsafe_start() is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", []),
        ("ALLOWED_HOSTS", ["*"]),
        ("PUBLIC_URL", "http://emeritus.example.org"),
        ("ORGANISATION_NAME", ""),
        ("SECOND_FACTOR", "sometimes"),
    ],
)
def test_an_unsafe_setting_refuses_the_start_and_is_named(production, name: str, value: object) -> None:
    setattr(production, name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        refuse_unsafe_start()


def test_a_cache_of_each_process_refuses_the_start(production) -> None:
    production.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        refuse_unsafe_start()


def test_local_mode_asks_for_nothing(settings) -> None:
    settings.DEBUG = True
    settings.SECRET_KEY = ""
    assert production_settings(None) == []
