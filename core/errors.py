"""Refusals: anticipated failures that carry a sentence for the person who asked. Not here: bugs."""


class Refused(Exception):
    """Something that was asked for and is not done. `sentence` says why and what to do next; `status` is HTTP's.

    `recorded`: there is an event about it already.
    """

    status = 400
    recorded = False

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(Refused):
    """*Who* is asking may not do this (403). Never mixed with when it is legal."""

    status = 403


class NotFound(Refused):
    """There is no such thing, or it is hidden from the one who asks (404)."""

    status = 404


class IllegalMove(Refused):
    """*When*: the thing exists and the person may, but not in the state it is in now (409)."""

    status = 409


class Unacceptable(Refused):
    """Input that can be read but breaks a rule (422); `field` names the form field at fault, if one is."""

    status = 422

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
