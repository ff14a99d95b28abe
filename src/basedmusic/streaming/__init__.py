"""Streaming: any piece of any track's sound, made when it is asked for, at addresses that say what they are."""

from basedmusic.streaming.contracts import CodecUnknown, LinkExpired, Playable, StreamMissing
from basedmusic.streaming.links import StreamLinker
from basedmusic.streaming.subscribers import forget_renditions

__all__ = [
    "CodecUnknown",
    "LinkExpired",
    "Playable",
    "StreamLinker",
    "StreamMissing",
    "forget_renditions",
]
