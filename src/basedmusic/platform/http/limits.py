"""How often somebody may do something, counted per address or account in this process."""

import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from basedmusic.kernel.errors import TooManyRequests


class Limiter:
    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._parsed: dict[str, RateLimitItem] = {}

    async def hit(self, rule: str, name: str, key: str) -> None:
        """Count one `name` by `key` against `rule` ("10/minute"). Raises TooManyRequests over it."""
        item = self._parsed.setdefault(rule, parse(rule))
        if not await self._window.hit(item, name, key):
            stats = await self._window.get_window_stats(item, name, key)
            wait = max(1, round(stats.reset_time - time.time()))
            raise TooManyRequests(
                f"That was too often; try again in {wait} seconds", retry_after_s=wait, limit=name
            )
