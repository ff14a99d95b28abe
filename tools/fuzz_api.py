"""python -m tools.fuzz_api --minutes 20: schemathesis over the whole API as visitor, listener, artist and admin.

Chapter after chapter on a fresh scene, every request another one: in half of the chapters each request is rolled
back, in the others what happens stays and the scene wears. Exits with 1 when anything was found.
"""

import argparse
import os
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import asyncio

from tests.conftest import make_template
from tests.support.databases import fresh_database
from tests.support.fuzzing import CALLERS, Finding, Fuzzing
from tests.support.matrix.stage import set_stage
from tests.support.rolled_back import Boundless, rolled_back
from tests.support.server import running_site

from basedmusic.platform.log import configure_logging
from basedmusic.platform.postgres import EmbeddedPostgres

CHAPTER_S = 120.0
EXAMPLES = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz_api", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1, help="of the first chapter; each further one adds one")
    options = parser.parse_args()
    configure_logging("error", "json")
    begun = time.monotonic()
    end = begun + options.minutes * 60
    answers: Counter[tuple[str, str, int]] = Counter()
    findings: dict[tuple[str, str], Finding] = {}
    with TemporaryDirectory(prefix="basedmusic-fuzz-") as folder:
        postgres = EmbeddedPostgres(Path(folder) / "postgres", durable=False)
        postgres.start()
        try:
            asyncio.run(make_template(postgres))
            number = options.seed
            while time.monotonic() < end:
                fuzzing = _chapter(postgres, Path(folder) / str(number), number, end)
                answers += fuzzing.answers
                findings = {**fuzzing.findings, **findings}
                print(f"{time.monotonic() - begun:6.0f} s, chapter {number}: {_summary(answers)}", flush=True)
                number += 1
        finally:
            postgres.release()
    return _report(answers, findings)


def _chapter(postgres: EmbeddedPostgres, folder: Path, number: int, end: float) -> Fuzzing:
    folder.mkdir()
    end = min(end, time.monotonic() + CHAPTER_S)
    with ExitStack() as stack:
        site = stack.enter_context(running_site(stack.enter_context(fresh_database(postgres)), folder))
        stage = set_stage(site)
        site.app.state.limiter = Boundless()
        wears = number % 2 == 0
        fuzzing = Fuzzing(stage, None if wears else stack.enter_context(rolled_back(site)))
        turn = 0
        while time.monotonic() < end:
            for operation in fuzzing.operations:
                if time.monotonic() < end:
                    fuzzing.run(operation, EXAMPLES, number * 1000 + turn)
            turn += 1
        return fuzzing


def _summary(answers: "Counter[tuple[str, str, int]]") -> str:
    by_caller = {caller: Counter[int]() for caller in CALLERS}
    for (_, caller, status), count in answers.items():
        by_caller[caller][status // 100] += count
    told = (
        f"{caller} " + " ".join(f"{kind}xx {count}" for kind, count in sorted(counts.items()))
        for caller, counts in by_caller.items()
    )
    return f"{answers.total()} requests; " + "; ".join(told)


def _report(answers: "Counter[tuple[str, str, int]]", findings: "dict[tuple[str, str], Finding]") -> int:
    names = {name for name, _, _ in answers}
    good = {name for name, _, status in answers if status < 300}
    print(f"\n{_summary(answers)}\n{len(names)} operations, {len(good)} of them let somebody through; never:")
    print(*(f"  {name}" for name in sorted(names - good)), sep="\n")
    print(f"\n{len(findings)} findings")
    for one in findings.values():
        print(f"\n{one.operation} as {one.caller}: {one.what}\n  {one.how}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
