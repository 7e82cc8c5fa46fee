"""A mail server that is spoken to over a real connection and does as a test says. Just enough SMTP (RFC 5321)."""

import socketserver
import threading
from typing import Any


class ScriptedMailServer:
    """Takes mails; `silent_after_data`: takes the text, and never says that it did."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.silent_after_data = False
        self.came = threading.Condition()
        self.stopped = threading.Event()
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self._say("220 scripted")
                for raw in self.rfile:
                    word = raw.decode().strip().upper()
                    if word.startswith("DATA"):
                        self._take()
                    elif word.startswith("QUIT"):
                        return self._say("221 bye")
                    else:
                        self._say("250 ok")
                return None

            def _take(self) -> None:
                self._say("354 go on")
                lines = []
                for raw in self.rfile:
                    if raw.strip() == b".":
                        break
                    lines.append(raw.decode())
                with outer.came:
                    outer.received.append("".join(lines))
                    outer.came.notify_all()
                if outer.silent_after_data:
                    outer.stopped.wait(120)
                else:
                    self._say("250 taken")

            def _say(self, line: str) -> None:
                self.wfile.write(f"{line}\r\n".encode())

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that was killed is what the test wants."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    def __enter__(self) -> "ScriptedMailServer":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()

    def wait_for(self, count: int, *, seconds: float = 60) -> None:
        """Return once so many mails were taken."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.received) >= count, seconds), (
                f"{len(self.received)} mails"
            )
