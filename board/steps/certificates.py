"""Making a certificate: a closed round as one numbered, digested row."""

from uuid import uuid4

from django.db import connection

from accounts.models import Person
from audit.commands import in_command
from audit.disclosures import Disclosures, committed, words
from board import chain
from board.acts import acts_of
from board.certificates import document
from board.models import Ballot, Certificate
from board.policies import id_of
from board.queries import roll_of
from core import clock
from core.digests import digest_of


def certify(ballot: Ballot) -> Certificate:
    """The certificate of a closed ballot, counted from the positions before its close."""
    actor = in_command().actor
    now = clock.now()
    year, serial = now.year, _next_serial(now.year)
    number = f"{year}-{serial:02d}"
    key = uuid4()
    told = document(
        ballot,
        roll_of(ballot, now),
        acts_of(ballot),
        number=number,
        previous=chain.named_before(chain.last()),
        certified_by=words(actor.name, Certificate._meta.label, key, "certified_by_name"),
        certified_at=now,
    )
    disclosures: Disclosures = {}
    made = committed(told, disclosures)
    certificate = Certificate(
        id=key,
        ballot=ballot,
        year=year,
        serial=serial,
        number=number,
        result=made["outcome"]["result"],
        sentence=made["sentence"],
        document=made,
        disclosures=disclosures,
        digest=digest_of(made),
        certified_by=Person.objects.get(pk=id_of(actor)),
        certified_by_name=actor.name,
        certified_at=now,
    )
    certificate.save(force_insert=True)
    return certificate


def _next_serial(year: int) -> int:
    """The next number of the year. One certification at a time, over all boards: numbers leave no gap."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('board.certificate'))")
    last = Certificate.objects.filter(year=year).order_by("-serial").values_list("serial", flat=True).first()
    return (last or 0) + 1
