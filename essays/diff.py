"""Word differences of an essay's texts: `words`, under the name that others build on. It lives in core.diff."""

from core.diff import Kind, words

__all__ = ["Kind", "words"]
