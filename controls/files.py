"""A test as CSV: every record of its population with its digest, its place in the sample, and what was judged."""

import csv
import io
from datetime import UTC

from audit.taking import neutral
from controls import sampling
from controls.models import ControlTest

COLUMNS = ("record_id", "record", "digest", "rank", "result", "note", "judged_by", "judged_at")


def as_csv(test: ControlTest) -> str:
    """Its heading, then a line per record: the sample in its order, then the others by id. No cell is a formula."""
    items = {str(item.record_id): item for item in test.items.all()}
    members = sorted(
        test.frozen.members,
        key=lambda pair: (items[pair[0]].rank if pair[0] in items else len(items) + 1, pair[0]),
    )
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for key, label in members:
        item = items.get(key)
        digest = sampling.rank(test.seed, key) if test.seed else None
        line = [key, label, digest, item.rank if item else None, item.result if item else None]
        line += [item.note, item.judged_by_name] if item else [None, None]
        line.append(item.judged_at.astimezone(UTC).isoformat() if item and item.judged_at else None)
        writer.writerow([neutral(value) for value in line])
    return written.getvalue()
