"""Uploads byte by byte over a bare socket: slow ones, ones that stop, ones without a length."""

import json
import socket
from collections.abc import Mapping
from typing import Any

BOUNDARY = "----tide-tables"


def multipart(fields: Mapping[str, str], name: str, content: bytes) -> bytes:
    """A form whose file is last."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return ("".join(parts) + head).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


class RawUpload:
    """POST /tracks whose body is sent when and as far as the test says."""

    def __init__(
        self,
        place: tuple[str, int],
        token: str,
        fields: Mapping[str, str],
        content: bytes,
        *,
        name: str = "song.wav",
        key: str | None = None,
    ) -> None:
        self._body = multipart(fields, name, content)
        self._sent = 0
        lines = [
            "POST /api/v1/tracks HTTP/1.1",
            f"Host: {place[0]}:{place[1]}",
            f"Authorization: Bearer {token}",
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
            f"Content-Length: {len(self._body)}",
            "Connection: close",
            *([f"Idempotency-Key: {key}"] if key else []),
        ]
        self.socket = socket.create_connection(place, timeout=60)
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())

    def send(self, count: int) -> "RawUpload":
        """That many bytes more."""
        self.socket.sendall(self._body[self._sent : self._sent + count])
        self._sent = min(len(self._body), self._sent + count)
        return self

    def drop(self) -> None:
        self.socket.close()

    def finish(self) -> tuple[int, dict[str, Any]]:
        """Send the rest; the answer's status and body."""
        self.send(len(self._body))
        received = b""
        while chunk := self.socket.recv(65_536):
            received += chunk
        self.socket.close()
        head, _, body = received.partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body)
