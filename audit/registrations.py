"""What audit registers with the framework; imported once, when Django is ready."""

from audit import checks  # noqa: F401  registers itself
