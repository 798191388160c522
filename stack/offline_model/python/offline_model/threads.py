"""Imitates threads, which WebAssembly does not have here: a thread's work is done when it is started."""

import _thread
import itertools
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.thread import _WorkItem

from .packages import is_of_package


_FIRST_THREAD = 5  # the number of the first thread that a cell starts: ipykernel has started four itself


def _run_at_once(bootstrap, handle, daemon=True):
    """Replaces ``_thread.start_joinable_thread``. The target has returned when ``start()`` returns."""
    caller = threading.current_thread()
    if _is_housekeeping(bootstrap.__self__):
        threading._limbo.pop(bootstrap.__self__, None)
        bootstrap.__self__._started.set()
        _end(bootstrap.__self__, caller)
        return
    hook, interrupts = threading.excepthook, []

    def pass_interrupts_on(failure):
        if isinstance(failure.exc_value, KeyboardInterrupt):
            interrupts.append(failure.exc_value)
        else:
            hook(failure)

    threading.excepthook = pass_interrupts_on
    try:
        bootstrap()
    finally:
        if threading.excepthook is pass_interrupts_on:
            threading.excepthook = hook
        _end(bootstrap.__self__, caller)
    if interrupts:
        raise interrupts[0]


def _end(thread, caller):
    threading._active[threading.get_ident()] = caller
    done = _thread._make_thread_handle(caller.ident)
    done._set_done()
    thread._os_thread_handle = done


def _is_housekeeping(thread):
    """Whether the thread is a package's background thread, which would wait here forever."""
    if not thread.daemon and not isinstance(thread, threading.Timer):
        return False
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename in (__file__, threading.__file__):
        frame = frame.f_back
    return frame is not None and is_of_package(frame.f_code.co_filename)


def _submit(self, fn, /, *args, **kwargs):
    """Calls the function and returns a future that is done."""
    if self._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    future = Future()
    _WorkItem(future, self._resolve_work_item_task(fn, args, kwargs)).run(self._create_worker_context())
    error = future.exception()
    if isinstance(error, KeyboardInterrupt):
        raise error
    return future


_wait = threading.Condition.wait


def _wait_unless_for_ever(self, timeout=None):
    """Waits for a time; for a wait that only another thread could end, ends a thread, and raises elsewhere."""
    if timeout is not None:
        return _wait(self, timeout)
    if threading.current_thread() is not threading.main_thread():
        raise SystemExit
    raise RuntimeError(
        "The offline model has no threads: a thread runs to its end when it is started, so nothing can end this wait."
    )


def install():
    """Makes ``threading.Thread`` and ``ThreadPoolExecutor`` work sequentially."""
    threading._counter = itertools.count(_FIRST_THREAD).__next__
    threading._start_joinable_thread = _run_at_once
    threading.Condition.wait = _wait_unless_for_ever
    ThreadPoolExecutor.submit = _submit
