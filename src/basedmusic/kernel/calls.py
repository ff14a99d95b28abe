"""A call into another process: what runs there, and the types that go in and come out.

Contracts name calls without importing the code that serves them, so that a web process can ask for an
encode without ever loading a decoder.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

Request = TypeVar("Request")
Reply = TypeVar("Reply")


@dataclass(frozen=True, slots=True)
class Call(Generic[Request, Reply]):
    target: str
    """`package.module:function`; the function takes one `request` and returns one `reply`."""
    request: type[Request]
    reply: type[Reply]
