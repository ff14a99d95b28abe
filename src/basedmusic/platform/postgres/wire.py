"""The few words of PostgreSQL's protocol 3.0 that the launcher needs: does it answer, and CREATE DATABASE.

Source: PostgreSQL 18 documentation, §54.2 Message Flow and §54.7 Message Formats. Blocking, over the Unix
socket, `peer` authentication only (the server asks the kernel who we are, so nothing is sent).
"""

import socket
import struct
from pathlib import Path
from types import TracebackType

PROTOCOL_3_0 = 196_608
SOCKET_NAME = ".s.PGSQL.5432"

MISSING_DATABASE = "3D000"
DUPLICATE_DATABASE = "42P04"


class ServerRefused(Exception):
    """The server answered with an error: its SQLSTATE (§A) and message."""

    def __init__(self, sqlstate: str, message: str) -> None:
        super().__init__(f"{sqlstate}: {message}")
        self.sqlstate = sqlstate


class Connection:
    """One session. Raises OSError when nobody listens, ServerRefused when the server says no."""

    def __init__(self, socket_folder: Path, user: str, database: str, timeout_s: float) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.settimeout(timeout_s)
            self._socket.connect(str(socket_folder / SOCKET_NAME))
            words = f"user\0{user}\0database\0{database}\0\0".encode()
            self._socket.sendall(struct.pack("!II", len(words) + 8, PROTOCOL_3_0) + words)
            self._until_ready()
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._socket.sendall(struct.pack("!cI", b"X", 4))  # Terminate
        except OSError:
            pass
        self._socket.close()

    def execute(self, sql: str) -> None:
        words = sql.encode() + b"\0"
        self._socket.sendall(struct.pack("!cI", b"Q", len(words) + 4) + words)
        self._until_ready()

    def _until_ready(self) -> None:
        """Read up to ReadyForQuery; rows and notices are skipped, an error is raised."""
        refused: ServerRefused | None = None
        while True:
            kind, body = self._message()
            if kind == b"E":
                refused, last_words = _refusal(body)
                if last_words:
                    raise refused
            elif kind == b"R" and body[:4] != b"\0\0\0\0":
                raise ServerRefused("28000", "the server asks for a password, which the launcher never sets")
            elif kind == b"Z":
                if refused:
                    raise refused
                return

    def _message(self) -> tuple[bytes, bytes]:
        kind, length = struct.unpack("!cI", self._exactly(5))
        return kind, self._exactly(length - 4)

    def _exactly(self, count: int) -> bytes:
        taken = bytearray()
        while len(taken) < count:
            piece = self._socket.recv(count - len(taken))
            if not piece:
                raise ConnectionResetError("the server closed the connection")
            taken += piece
        return bytes(taken)


def _refusal(body: bytes) -> tuple[ServerRefused, bool]:
    """The error, and whether it ends the session (no ReadyForQuery follows a FATAL)."""
    fields = {field[:1]: field[1:].decode("utf-8", "replace") for field in body.split(b"\0") if field}
    error = ServerRefused(fields.get(b"C", "?????"), fields.get(b"M", "no message"))
    return error, fields.get(b"V") in ("FATAL", "PANIC")
