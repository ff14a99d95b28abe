"""Work that nobody waits for any more ends: the watch over one request's client (ASGI `http.disconnect`)."""

import asyncio
from types import TracebackType

from starlette.types import Receive


class WhileConnected:
    """Cancels the block when the client goes away, and swallows that; `settle` ends the watch."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._gone = False
        self._settled = False

    def settle(self) -> None:
        """The last bytes are about to be handed over: what `receive` says from now on is no departure."""
        self._settled = True

    async def __aenter__(self) -> "WhileConnected":
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._cancelling = task.cancelling()
        self._watcher = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._watcher.cancel()
        if not self._gone:
            return False
        return self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if not self._settled:
            self._gone = True
            self._task.cancel()
