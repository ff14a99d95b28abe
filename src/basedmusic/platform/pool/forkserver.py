"""The process that media processes are forked from: everything imported once, one thread, no secrets.

Run as `python -P -m basedmusic.platform.pool.forkserver NAME FD OWNER`: FD is our end of the control
socket, OWNER the process we serve and die with. It does nothing but fork, kill and bury.
"""

import gc
import os
import select
import signal
import socket
import sys
import traceback
from importlib import import_module

import msgspec

from basedmusic.platform.pool import wire
from basedmusic.platform.pool.child import exit_cause, serve
from basedmusic.platform.pool.confine import die_with, gain_no_rights, ignore_stop_signals

_decode = msgspec.msgpack.Decoder(wire.ToServer).decode


class Forkserver:
    def __init__(self, control: socket.socket, setup: wire.Setup) -> None:
        self._control = control
        self._setup = setup
        self._children: set[int] = set()
        self._died, self._wakeup = os.pipe()
        os.set_blocking(self._died, False)
        os.set_blocking(self._wakeup, False)

    def run(self) -> None:
        """Until the owner closes the control socket; then nothing of us is left."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wakeup, warn_on_full_buffer=False)
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._died, select.POLLIN)
        while True:
            ready = {fd for fd, _ in poll.poll()}
            if self._died in ready:
                os.read(self._died, 4096)
                self._bury()
            if self._control.fileno() in ready and not self._obey():
                break
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)

    def _obey(self) -> bool:
        received = wire.receive_with_fd(self._control)
        if received is None:
            return False
        body, fd = received
        match _decode(body):
            case wire.Fork() if fd is not None:
                self._fork(socket.socket(fileno=fd))
            case wire.Kill(pid) if pid in self._children:  # not buried yet, so the number is still its own
                os.kill(pid, signal.SIGKILL)
            case _:
                pass
        return True

    def _fork(self, sock: socket.socket) -> None:
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                self._control.close()
                os.close(self._died)
                os.close(self._wakeup)
                serve(sock, server, self._setup.allowed, self._setup.address_space_headroom)
            except OSError:
                pass  # the owner went away in the middle of a reply
            finally:
                os._exit(0)
        sock.close()
        self._children.add(pid)
        self._control.sendall(wire.frame(wire.Forked(pid)))

    def _bury(self) -> None:
        for pid in tuple(self._children):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                self._children.discard(pid)
                self._control.sendall(wire.frame(wire.Exited(pid, exit_cause(status))))


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[2]))
    die_with(int(sys.argv[3]))
    gain_no_rights()
    ignore_stop_signals()
    body = wire.receive(control)
    if body is None:
        return
    setup = msgspec.msgpack.decode(body, type=wire.Setup)
    try:
        os.nice(setup.nice)
        for module in setup.preload:
            import_module(module)
    except Exception:
        control.sendall(wire.frame(wire.Broken(traceback.format_exc())))
        return
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, every page of what was imported
    control.sendall(wire.frame(wire.Ready()))
    try:
        Forkserver(control, setup).run()
    except (BrokenPipeError, ConnectionResetError):
        pass  # the owner is gone; the kernel ends our children with us


if __name__ == "__main__":
    main()
