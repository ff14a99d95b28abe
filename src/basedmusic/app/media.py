"""Which media processes a process of ours owns, and how big they may get."""

from basedmusic.platform.pool import MediaPool
from basedmusic.platform.settings import Settings

SEGMENT_MODULES = ("basedmusic.codec.chunks",)
ANALYSIS_MODULES = ("basedmusic.codec.probe",)
DEMO_MODULES = ("basedmusic.codec.demo.pieces", "basedmusic.codec.probe")
DEMO_PROCESSES = 2
IDLE_EXIT_S = 20.0


def segment_pool(settings: Settings) -> MediaPool:
    """Warm, for listeners who wait."""
    return MediaPool(name="segments", size=settings.segment_processes, preload=SEGMENT_MODULES)


def probe_pool() -> MediaPool:
    """For uploads: apart from the segments, so that a six-hour file never stands before a listener."""
    return MediaPool(name="probe", size=1, preload=ANALYSIS_MODULES, nice=5, idle_exit_s=IDLE_EXIT_S)


def analysis_pool(settings: Settings) -> MediaPool:
    """For the background steps: after everybody else, and gone when there is nothing to do."""
    return MediaPool(
        name="analysis",
        size=settings.analysis_processes,
        preload=ANALYSIS_MODULES,
        nice=19,
        idle_exit_s=IDLE_EXIT_S,
    )


def demo_pool() -> MediaPool:
    """For the demo's music: two at once, before the background steps of what is there, after the listeners."""
    return MediaPool(name="demo", size=DEMO_PROCESSES, preload=DEMO_MODULES, nice=5, idle_exit_s=IDLE_EXIT_S)
