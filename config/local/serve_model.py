"""Serves the small language model over HTTP until stopped; run by path as a process of its own.

`serve_model.py WEIGHTS ALIAS PORT`. Starting and checking it is `config.local.model_server`'s.
"""

import signal
import sys

from xllamacpp import CommonParams, Server


def main(weights: str, alias: str, port: str) -> None:
    """Listen on loopback under the alias: without one the server answers with its file path as its name."""
    parameters = CommonParams()
    parameters.model.path = weights
    parameters.model_alias = {alias}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = int(port)
    parameters.n_ctx = 8192
    parameters.n_parallel = 2
    server = Server(parameters)
    print(f"listening on {server.listening_address}", flush=True)
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
