"""Media processes: untrusted, heavy, synchronous work outside the process that answers people.

The names load on first use: the media processes import this package too (for `child.report_progress`),
and asyncio with structlog would cost each of them 11 MB.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from basedmusic.platform.pool.errors import (
        MediaCrashed,
        MediaError,
        MediaFailed,
        MediaOutOfMemory,
        MediaRefused,
        MediaTimedOut,
        MediaUnavailable,
    )
    from basedmusic.platform.pool.media_pool import MediaPool, PoolStats

__all__ = [
    "MediaCrashed",
    "MediaError",
    "MediaFailed",
    "MediaOutOfMemory",
    "MediaPool",
    "MediaRefused",
    "MediaTimedOut",
    "MediaUnavailable",
    "PoolStats",
]

_IN_POOL = {"MediaPool", "PoolStats"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = "media_pool" if name in _IN_POOL else "errors"
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
