"""All figures of the audit at a million events, in the order in which the worlds allow them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audit.signing import new_key_file, signer_from
from bench.million import reading, sealing, verifying, writing
from bench.million.worlds import HUNDREDTH, MILLION, SMALL, worlds


def measured() -> list[dict[str, Any]]:
    """Makes the worlds, measures, and removes them again."""
    with TemporaryDirectory(prefix="emeritus-bench-") as folder:
        new_key_file(Path(folder, "key.pem"))
        signer = signer_from(Path(folder, "key.pem"), "bench.example/audit")
        with worlds(signer, SMALL, HUNDREDTH, MILLION) as (small, hundredth, million):
            rows = reading.measured(small, million)
            rows += sealing.measured(million, signer)
            sealing.measured(hundredth, signer)
            rows += verifying.measured(hundredth, million)
            return rows + writing.measured(small, signer)
