"""Imitate threads, which this WebAssembly build does not support: a thread runs to its end when it is started."""

import _thread
import itertools
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.thread import _WorkItem

from .packages import is_package_file


_FIRST_THREAD = 5  # the number of the first thread that a cell starts: ipykernel itself has started four


def _run_at_once(bootstrap, handle, daemon=True):
    """Replace ``_thread.start_joinable_thread``. The thread's target has returned when ``start()`` returns.

    A KeyboardInterrupt in the target is raised in the caller.
    """
    caller = threading.current_thread()
    if _is_background_thread(bootstrap.__self__):
        threading._limbo.pop(bootstrap.__self__, None)
        bootstrap.__self__._started.set()
        _mark_ended(bootstrap.__self__, caller)
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
        _mark_ended(bootstrap.__self__, caller)
    if interrupts:
        raise interrupts[0]


def _mark_ended(thread, caller):
    threading._active[threading.get_ident()] = caller
    done = _thread._make_thread_handle(caller.ident)
    done._set_done()
    thread._os_thread_handle = done


def _is_background_thread(thread):
    """Return whether a package starts the thread for background work. It is not run, because it would wait forever."""
    if not thread.daemon and not isinstance(thread, threading.Timer):
        return False
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename in (__file__, threading.__file__):
        frame = frame.f_back
    return frame is not None and is_package_file(frame.f_code.co_filename)


def _submit(self, fn, /, *args, **kwargs):
    """Call the function and return a completed future. Raise KeyboardInterrupt if the function raises it."""
    if self._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    future = Future()
    _WorkItem(future, self._resolve_work_item_task(fn, args, kwargs)).run(self._create_worker_context())
    error = future.exception()
    if isinstance(error, KeyboardInterrupt):
        raise error
    return future


_wait = threading.Condition.wait


def _wait_or_raise(self, timeout=None):
    """Wait for a limited time.

    A wait without a timeout could only be ended by another thread. Raise SystemExit for it in a thread, which ends the
    thread, and RuntimeError in the main thread.
    """
    if timeout is not None:
        return _wait(self, timeout)
    if threading.current_thread() is not threading.main_thread():
        raise SystemExit
    raise RuntimeError(
        "The offline model has no threads: a thread runs to its end when it is started, so nothing can end this wait."
    )


def install():
    """Make ``threading.Thread`` and ``ThreadPoolExecutor`` run their functions sequentially."""
    threading._counter = itertools.count(_FIRST_THREAD).__next__
    threading._start_joinable_thread = _run_at_once
    threading.Condition.wait = _wait_or_raise
    ThreadPoolExecutor.submit = _submit
