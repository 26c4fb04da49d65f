"""Run one worker beside the web, and another when it dies."""

import logging
import os
import subprocess
import sys
import threading

FIRST_AFTER_SECONDS = 1.0  # the first page comes first
AGAIN_AFTER_SECONDS = 2.0
LAST_JOB_SECONDS = 40.0
LOOK_SECONDS = 0.2

LOTLINE = (sys.executable, "-P", "-c", "from webmap.cli import main; main()")
log = logging.getLogger(__name__)


class WorkerBeside(threading.Thread):
    """A thread that has a worker run in a process of its own while the web is served.

    The worker is told this process's number, and ends when this does, whatever ends it.
    """

    def __init__(self) -> None:
        super().__init__(name="worker-beside", daemon=True)
        self._done = threading.Event()

    def run(self) -> None:
        """Start a worker, and another whenever it ends, until told to stop."""
        command = (*LOTLINE, "worker", "--beside", str(os.getpid()))
        wait = FIRST_AFTER_SECONDS
        while not self._done.wait(wait):
            with subprocess.Popen(command, stdin=subprocess.DEVNULL) as worker:  # noqa: S603
                self._watch(worker)
            wait = AGAIN_AFTER_SECONDS

    def stop(self) -> None:
        """Stop the worker once it has done the job at hand."""
        self._done.set()
        self.join(timeout=LAST_JOB_SECONDS + AGAIN_AFTER_SECONDS)

    def _watch(self, worker: subprocess.Popen[bytes]) -> None:
        while worker.poll() is None:
            if self._done.wait(LOOK_SECONDS):
                worker.terminate()
                _await(worker)
                return
        log.warning("the worker ended (%s): another is started", worker.returncode)


def _await(worker: subprocess.Popen[bytes]) -> None:
    try:
        worker.wait(timeout=LAST_JOB_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
