"""Take in one copy of a source of deprecation notices: every row kept, every silent change an event."""

from datetime import datetime
from typing import Any

from django.utils.text import slugify

from audit.commands import command, locked, record, unchanged
from core import clock
from core.policies import Actor, require
from lifecycle import policies, steps
from lifecycle.deprecations import RESELLERS, Copy, Row
from lifecycle.events import Verb
from lifecycle.models import AIModel, Deployment, ImportRun, Notice, NoticeVersion, RejectedRow, Source
from lifecycle.queries.notices import Summary, knowable, known_notices, live_notices, readable
from lifecycle.reconcile import Identity, Plan, Step, reconcile
from lifecycle.stages import Kind
from lifecycle.steps.numbers import next_number, next_numbers

SOURCE = "deprecations.info"
SOURCE_URL = "https://deprecations.info/"


@command(Verb.NOTICES_IMPORTED)
def import_deprecations(
    *,
    actor: Actor,
    data: bytes,
    source: str = SOURCE,
    source_url: str = SOURCE_URL,
    known_at: datetime | None = None,
) -> Summary:
    """Take in a copy of deprecations.info JSON, known to us from `known_at` (now, unless said).

    A copy that changes nothing writes nothing. Unacceptable when the copy as a whole cannot be read or comes
    from the future; IllegalMove when a newer copy of the source has been taken in already.
    """
    require(policies.may_import_deprecations(actor))
    copy = readable(data)
    origin = locked(Source, steps.the_source(source, source_url).pk)
    known_at = knowable(origin, known_at)
    plan = reconcile(known_notices(origin), copy)
    if plan.changes_nothing and _rejections_are_known(origin, copy):
        return unchanged(Summary(copy.schema, plan.counts))
    run = ImportRun(
        number=next_number("import_run"),
        source=origin,
        schema=copy.schema,
        digest=copy.digest,
        known_at=known_at,
        imported_at=clock.now(),
        counts=plan.counts,
    )
    run.save(force_insert=True)
    origin.latest_known_at = known_at
    origin.save()
    record(run, data={**plan.counts, "schema": copy.schema, "digest": copy.digest})
    _Taking(run, plan).take(copy)
    return Summary(copy.schema, plan.counts, run)


def _rejections_are_known(source: Source, copy: Copy) -> bool:
    kept = RejectedRow.objects.filter(run__source=source).values_list("digest", flat=True)
    return {each.digest for each in copy.rejected} <= set(kept)


class _Taking:
    """Writes the plan of one run."""

    def __init__(self, run: ImportRun, plan: Plan) -> None:
        self.run, self.plan = run, plan
        self.notices = live_notices(run.source)
        self.deployments = {(each.platform, each.name): each for each in Deployment.objects.filter(region="")}
        self.ai_models = {(each.provider, each.name): each for each in AIModel.objects.all()}
        self.slugs = {each.slug for each in self.ai_models.values()}
        self.fact_numbers = iter(next_numbers("fact", 3 * len(plan.steps) or 1))

    def take(self, copy: Copy) -> None:
        # Makers before resellers: a reseller's row about a maker's model finds it there.
        for step in sorted(self.plan.steps, key=lambda each: each.row.provider in RESELLERS):
            if step.rewrite:
                self._take_row(step)
        for who in self.plan.withdrawn:
            self._withdraw(who)
        for row in copy.rejected:
            RejectedRow(
                run=self.run, position=row.index, reason=row.reason, raw=row.raw, digest=row.digest
            ).save(force_insert=True)

    def _take_row(self, step: Step) -> None:
        row = step.row
        notice = self.notices.get(row.identity)
        fresh = notice is None
        if notice is None:
            deployment = self._deployment(row)
            notice = Notice(source=self.run.source, deployment=deployment, first_known_at=self.run.known_at)
        before = None if fresh else (notice.announced, notice.shutdown, notice.replacements)
        self._state_facts(notice, row, before)
        notice.provider, notice.model_id = row.identity
        notice.schema, notice.url, notice.digest = self.run.schema, row.url, row.digest
        notice.announced, notice.shutdown = row.announced, row.shutdown
        notice.replacements = None if row.replacements is None else list(row.replacements)
        notice.flags = sorted(row.flags)
        notice.withdrawn_at = None
        notice.save(force_insert=fresh)
        NoticeVersion(notice=notice, run=self.run, raw=row.raw, digest=row.digest).save(force_insert=True)
        for edit in step.edits:
            record(
                notice,
                verb=Verb.NOTICE_EDITED_SILENTLY,
                data={"cell": edit.cell, "before": edit.before, "after": edit.after, "run": self.run.number},
            )

    def _state_facts(self, notice: Notice, row: Row, before: tuple[Any, ...] | None) -> None:
        announced, shutdown, replacements = before or (None, None, None)
        if row.announced != announced:
            self._state(notice, row, Kind.DEPRECATED_FROM, effective=row.announced)
        if row.shutdown != shutdown:
            self._state(notice, row, Kind.RETIRES_ON, effective=row.shutdown)
        if row.replacements is not None and list(row.replacements) != (replacements or []):
            self._state(notice, row, Kind.REPLACEMENT, value=", ".join(row.replacements))

    def _state(self, notice: Notice, row: Row, kind: Kind, **what: Any) -> None:
        steps.state(
            ai_model=notice.deployment.ai_model,
            deployment=notice.deployment,
            kind=kind,
            source=self.run.source,
            known_from=self.run.known_at,
            url=row.url,
            digest=row.digest,
            number=next(self.fact_numbers),
            **what,
        )

    def _deployment(self, row: Row) -> Deployment:
        found = self.deployments.get(row.identity)
        if found is None:
            found = Deployment(ai_model=self._ai_model(row), platform=row.provider, name=row.model_id)
            found.save(force_insert=True)
            self.deployments[row.identity] = found
        return found

    def _ai_model(self, row: Row) -> AIModel:
        makers = [row.identity]
        if row.provider in RESELLERS:
            makers = [key for key in self.ai_models if key[1] == row.model_id] or makers
        for key in makers:
            if key in self.ai_models:
                return self.ai_models[key]
        ai_model = AIModel(
            slug=self._slug(row),
            name=row.model_id,
            provider=row.provider,
            ours=False,
            stage="",
            registered_at=clock.now(),
        )
        ai_model.save(force_insert=True)
        self.ai_models[row.identity] = ai_model
        return ai_model

    def _slug(self, row: Row) -> str:
        base = slugify(f"{row.provider} {row.model_id}".replace(".", "-"))[:200] or "model"
        slug, count = base, 1
        while slug in self.slugs:
            count += 1
            slug = f"{base}-{count}"
        self.slugs.add(slug)
        return slug

    def _withdraw(self, who: Identity) -> None:
        notice = self.notices[who]
        notice.withdrawn_at = self.run.known_at
        notice.save()
        record(notice, verb=Verb.NOTICE_WITHDRAWN, data={"run": self.run.number})
