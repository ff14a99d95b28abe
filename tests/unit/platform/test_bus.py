import asyncio

import pytest

from basedmusic.platform.bus import EVERYTHING, QUEUE_SIZE, LocalBus

pytestmark = pytest.mark.anyio


async def test_a_subscriber_hears_its_topics_only():
    bus = LocalBus()
    async with bus.subscribe(["a"]) as subscriber:
        await bus.publish("b")
        await bus.publish("a")
        assert await subscriber.get() == "a"


async def test_who_falls_behind_is_told_to_look_at_everything():
    bus = LocalBus()
    async with bus.subscribe(["a"]) as subscriber:
        for _ in range(QUEUE_SIZE + 1):
            await bus.publish("a")
        assert await subscriber.get() == EVERYTHING
        await bus.publish("a")
        assert await subscriber.get() == "a"


async def test_who_has_left_holds_nothing():
    bus = LocalBus()
    async with bus.subscribe(["a"]) as subscriber:
        pass
    await bus.publish("a")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await subscriber.get()
    assert not bus._by_topic
