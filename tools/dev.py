"""`make dev`: the scene with a server that reloads, and Vite in front of it with the page hot.

Open Vite's address; it hands /api, /media, /covers to the server behind it.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PORT = os.environ.get("BASEDMUSIC_PORT", "8000")


def newest_change() -> float:
    return max(path.stat().st_mtime for path in (ROOT / "src").rglob("*.py"))


def main() -> int:
    npm = [sys.executable, str(ROOT / "web/scripts/node.py"), "npm", "--prefix", "web", "run", "dev"]
    page = subprocess.Popen(npm, cwd=ROOT)
    server = start_server()
    seen = newest_change()
    try:
        while page.poll() is None:
            time.sleep(0.5)
            if (changed := newest_change()) != seen:
                seen = changed
                stop(server)
                server = start_server()
    except KeyboardInterrupt:
        pass
    finally:
        stop(server)
        stop(page)
    return 0


def start_server() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "basedmusic", "serve", "--demo", "--port", PORT], cwd=ROOT)


def stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
