"""What can be heard: tracks with their renditions, as an address or a request names them."""

from collections import OrderedDict
from uuid import UUID

from basedmusic.codec.recipes import RENDITIONS, Rendition, find_rendition, recipe_for
from basedmusic.kernel.clock import Clock
from basedmusic.platform.db import Database
from basedmusic.streaming import store
from basedmusic.streaming.contracts import CodecUnknown, Playable, StreamMissing
from basedmusic.streaming.links import OPEN
from basedmusic.streaming.segments import Rendered

REMEMBERED = 4096
REMEMBERED_S = 10.0
"""A withdrawn track is silent here after so long at most, whatever links are out. What browsers and a CDN
hold of it already, they may play until the link's own end."""


class Playables:
    """Tracks that play; those that are out are remembered for some seconds: a player fetches many pieces of one."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: OrderedDict[UUID, tuple[float, Playable]] = OrderedDict()

    async def get(self, track_id: UUID) -> Playable:
        """Raises StreamMissing."""
        now = self._clock().timestamp()
        known = self._known.get(track_id)
        if known is not None and abs(now - known[0]) < REMEMBERED_S:  # clocks are set back, too
            return known[1]
        async with self._database.connection() as conn:
            playable = await store.find_playable(conn, track_id)
        if playable is None:
            self._known.pop(track_id, None)
            raise StreamMissing
        if playable.publication not in OPEN:
            # Whoever made it hears it and presses Publish: from then on everyone must hear it, at once.
            self._known.pop(track_id, None)
            return playable
        self._known[track_id] = (now, playable)
        self._known.move_to_end(track_id)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return playable


def choose_rendition(codec: str, bit_rate: int | None) -> Rendition:
    """What a client asked for by codec and bits per second. Raises CodecUnknown."""
    if bit_rate is None:
        offered = [rendition for rendition in RENDITIONS.values() if rendition.codec == codec]
        found = max(offered, key=lambda rendition: rendition.bit_rate, default=None)
    else:
        found = find_rendition(codec, bit_rate)
    if found is None:
        raise CodecUnknown(f"There is no {codec} at {bit_rate} bit/s; there is {_offer()}")
    return found


def render(playable: Playable, rendition: Rendition) -> Rendered:
    return Rendered(playable, recipe_for(rendition, playable.source_sha256))


def rendered_at(playable: Playable, name: str, recipe_id: str) -> Rendered:
    """What an address names. Raises StreamMissing for a recipe that this installation does not make (any more)."""
    rendition = RENDITIONS.get(name)
    rendered = render(playable, rendition) if rendition else None
    if rendered is None or rendered.recipe.id != recipe_id:
        raise StreamMissing
    return rendered


def _offer() -> str:
    return ", ".join(f"{one.codec} at {one.bit_rate}" for one in RENDITIONS.values())
