"""A client that sends bodies: one keep-alive connection, and how long each answer took."""

import json
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    headers: dict[str, str]
    body: bytes
    took_s: float


class Talk:
    """Opened with the first request, whose time includes that; again when the server has closed it."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Said:
        content = None if body is None else json.dumps(body).encode()
        fields = {**({} if content is None else {"Content-Type": "application/json"}), **(headers or {})}
        begun = time.perf_counter()
        try:
            self._connection.request(method, path, content, fields)
            answer = self._connection.getresponse()
        except (HTTPException, ConnectionError):
            self._connection.close()
            self._connection.request(method, path, content, fields)
            answer = self._connection.getresponse()
        text = answer.read()
        took = time.perf_counter() - begun
        said = {name.lower(): value for name, value in answer.getheaders()}
        said["set-cookie"] = "; ".join(answer.headers.get_all("set-cookie", []))
        return Said(answer.status, said, text, took)

    def close(self) -> None:
        self._connection.close()
