"""Provide an asyncio event loop that waits through the host, so that a cell with ``await`` blocks like any other."""

import asyncio
import threading
from asyncio import events

from . import host


class _Waiter:
    """Replaces the loop's selector. It only waits, because there are no files to select from."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout):
        if host.muted and timeout is not None:
            self._loop.skipped_seconds += timeout
        elif timeout is None or timeout > 0:
            host.sleep(timeout)
        return []

    def close(self):
        pass


class CellLoop(asyncio.BaseEventLoop):
    """The loop that all cells share. A task outlives its cell, and continues while a later cell awaits something."""

    def __init__(self):
        super().__init__()
        self._selector = _Waiter(self)
        self.skipped_seconds = 0.0  # added to the clock for the waits of cells that were run again

    def time(self):
        return super().time() + self.skipped_seconds

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def run_in_executor(self, executor, func, *args):
        """Run the function immediately, because there are no threads, and return a future with its result."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def run_cell(self, coroutine):
        """Run a cell's coroutine to its end and return its result. An interrupt cancels it and raises KeyboardInterrupt."""
        task = self.create_task(coroutine)
        try:
            return self.run_until_complete(task)
        except KeyboardInterrupt as interrupt:
            if task.done():
                raise
            task.cancel()
            try:
                self.run_until_complete(task)
            except asyncio.CancelledError as cancelled:  # its traceback shows where the cell was waiting
                raise interrupt.with_traceback(cancelled.__traceback__) from None
            raise

    def is_running(self):
        """Return True in cells, because in a kernel the running loop runs them."""
        return super().is_running() or events._get_running_loop() is self

    def run_ready(self):
        """Run one step of each task that does not have to wait."""
        self.call_soon(self.stop)
        self.run_forever()


CellLoop.__qualname__ = CellLoop.__name__ = "_UnixSelectorEventLoop"  # the name in its repr


class _Policy(events._BaseDefaultEventLoopPolicy):
    """Creates loops that can wait, for cells that create one."""

    _loop_factory = CellLoop


def install(loop):
    """Make a loop the current event loop of cells."""
    events._event_loop_policy = _Policy()
    events._get_event_loop_policy().set_event_loop(loop)


class running:
    """A context manager that marks a loop as running while code runs that is not a coroutine, as in ipykernel."""

    def __init__(self, loop):
        self._loop = loop

    def __enter__(self):
        events._set_running_loop(self._loop)
        self._loop._thread_id = threading.get_ident()

    def __exit__(self, *_):
        self._loop._thread_id = None
        events._set_running_loop(None)
