"""Round trip of an empty call into a media process, and what the processes weigh.

    python benchmarks/media_pool.py [--calls 2000] [--rounds 5]

Beside the standard library's ProcessPoolExecutor on its forkserver, in turn, in one process: one function,
awaited from asyncio under uvloop. Ours also carries a reply of 120 KB, a segment's size. Weight is the
proportional set size of the forkserver and two idle children that have PyAV, numpy and this file loaded.
"""

import argparse
import asyncio
import multiprocessing
import re
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import uvloop

from basedmusic.kernel.calls import Call
from basedmusic.platform.pool import MediaPool

SEGMENT = 120_000


@dataclass(frozen=True)
class Ask:
    size: int
    nap_s: float = 0


@dataclass(frozen=True)
class Reply:
    content: bytes


def answer(ask: Ask) -> Reply:
    time.sleep(ask.nap_s)
    return Reply(bytes(ask.size))


async def median_us(calls: int, call: Callable[[], Awaitable[object]]) -> float:
    spans: list[float] = []
    for _ in range(calls):
        began = time.perf_counter()
        await call()
        spans.append(time.perf_counter() - began)
    return statistics.median(spans) * 1e6


def pss_mb(pid: int) -> float:
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


async def run(calls: int, rounds: int) -> None:
    remote = Call(f"{answer.__module__}:answer", Ask, Reply)
    loop = asyncio.get_running_loop()
    pool = MediaPool(
        name="bench", size=2, preload=["av", "numpy", answer.__module__], allowed=[answer.__module__]
    )
    began = time.perf_counter()
    await pool.run(remote, Ask(0))
    print(f"from nothing to the first reply {(time.perf_counter() - began) * 1000:.0f} ms")
    await asyncio.gather(*(pool.run(remote, Ask(0, 0.2)) for _ in range(2)))
    server = pool.stats().forkserver_pid
    assert server is not None
    children = [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]
    weights = [pss_mb(pid) for pid in (server, *children)]
    print(f"PSS {sum(weights):.1f} MB: forkserver and children {[round(weight, 1) for weight in weights]}")
    peer = ProcessPoolExecutor(2, multiprocessing.get_context("forkserver"))
    contenders: dict[str, Callable[[], Awaitable[object]]] = {
        "ours, empty": lambda: pool.run(remote, Ask(0)),
        "ours, 120 KB": lambda: pool.run(remote, Ask(SEGMENT)),
        "executor, empty": lambda: loop.run_in_executor(peer, answer, Ask(0)),
        "executor, 120 KB": lambda: loop.run_in_executor(peer, answer, Ask(SEGMENT)),
    }
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, call in contenders.items():
            figures[name].append(await median_us(calls, call))
    for name, medians in figures.items():
        print(f"{name:17} {statistics.median(medians):6.0f} us round trip")
    peer.shutdown()
    await pool.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    uvloop.run(run(options.calls, options.rounds))


if __name__ == "__main__":
    # By its name, not as __main__, so that the children can import what they are to run.
    sys.path.insert(0, str(Path(__file__).parent))
    import media_pool

    media_pool.main()
