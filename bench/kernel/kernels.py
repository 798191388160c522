"""Starts kernels as front ends do, and prints what that takes, as JSON: a list of figures for each kernel that is named.

Usage: python3 bench/kernel/kernels.py STARTS CELLS NAME...
"""

import json
import pathlib
import queue
import sys
import time

from jupyter_client.manager import KernelManager

TIMEOUT = 60  # seconds, of any answer


def main():
    starts, cells, names = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    figures = {name: [] for name in names}
    for _ in range(starts):  # in turn, so that a machine that slows down does so for all of them
        for name in names:
            figures[name].append(measure(name, cells))
    json.dump(figures, sys.stdout)


def measure(name, cells):
    """Milliseconds to the first answer, of a question and of a cell, and the bytes that the kernel's processes occupy."""
    manager = KernelManager(kernel_name=name)
    began = time.perf_counter()
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.kernel_info()
        client.get_shell_msg(timeout=TIMEOUT)
        ready = time.perf_counter() - began
        questions = [timed(lambda: client.kernel_info(reply=True, timeout=TIMEOUT)) for _ in range(cells)]
        listen(client)
        runs = [timed(lambda: run(client)) for _ in range(cells)]
        pid = manager.provisioner.process.pid
        return {
            "ready": ready * 1000,
            "question": middle(questions) * 1000,
            "cell": middle(runs) * 1000,
            "memory": sum(resident(each) for each in tree(pid)),
        }
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def listen(client):
    """Waits until the client hears what the kernel publishes: it may subscribe after the first answers have been published."""
    while True:
        client.kernel_info(reply=True, timeout=TIMEOUT)
        try:
            client.get_iopub_msg(timeout=1)
            return
        except queue.Empty:
            continue


def run(client):
    reply = client.execute_interactive("1 + 1", timeout=TIMEOUT, output_hook=lambda _: None)
    assert reply["content"]["status"] == "ok", reply["content"]


def timed(action):
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def middle(values):
    return sorted(values)[len(values) // 2]


def tree(pid):
    """A process and those that it started."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in tree(int(child)))]


def resident(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    main()
