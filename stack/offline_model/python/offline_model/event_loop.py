"""An asyncio event loop that waits through the host, so that a cell that awaits blocks like any other."""

import asyncio
import threading
from asyncio import events

from . import host


class _Waiter:
    """Replaces a selector. There are no files to select from, so it only waits."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout):
        if host.muted and timeout is not None:
            self._loop.skipped += timeout
        elif timeout is None or timeout > 0:
            host.sleep(timeout)
        return []

    def close(self):
        pass


class CellLoop(asyncio.BaseEventLoop):
    """The loop that all cells share; a task outlives the cell that made it and goes on while a later one awaits."""

    def __init__(self):
        super().__init__()
        self._selector = _Waiter(self)
        self.skipped = 0.0  # seconds that passed for the loop only, while cells were run again

    def time(self):
        return super().time() + self.skipped

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def run_in_executor(self, executor, func, *args):
        """Runs the function at once: there are no threads."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def run_cell(self, coroutine):
        """Runs a cell's coroutine to its end; an interrupt cancels it."""
        task = self.create_task(coroutine)
        try:
            return self.run_until_complete(task)
        except KeyboardInterrupt as interrupt:
            if task.done():
                raise
            task.cancel()
            try:
                self.run_until_complete(task)
            except asyncio.CancelledError as cancelled:  # it knows where the cell was waiting
                raise interrupt.with_traceback(cancelled.__traceback__) from None
            raise

    def is_running(self):
        """True for cells: a kernel's loop runs them."""
        return super().is_running() or events._get_running_loop() is self

    def run_ready(self):
        """Lets the tasks that could go on without waiting take their next step."""
        self.call_soon(self.stop)
        self.run_forever()


CellLoop.__qualname__ = CellLoop.__name__ = "_UnixSelectorEventLoop"  # what its repr shows


class _Policy(events._BaseDefaultEventLoopPolicy):
    """Gives cells that create a loop one that can wait."""

    _loop_factory = CellLoop


def install(loop):
    """Makes a loop the one that cells find."""
    events._event_loop_policy = _Policy()
    events._get_event_loop_policy().set_event_loop(loop)


class running:
    """Makes a loop the running one around code that is not a coroutine, as it is in a notebook."""

    def __init__(self, loop):
        self._loop = loop

    def __enter__(self):
        events._set_running_loop(self._loop)
        self._loop._thread_id = threading.get_ident()

    def __exit__(self, *_):
        self._loop._thread_id = None
        events._set_running_loop(None)
