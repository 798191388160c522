"""Start Jupyter kernels as front ends do, and print measurements as JSON: a list of figures for each kernel by name.

Usage: python3 bench/kernel/kernels.py STARTS CELLS NAME...
"""

import json
import pathlib
import queue
import sys
import time

from jupyter_client.manager import KernelManager

TIMEOUT = 60  # seconds to wait for each reply


def main():
    starts, cells, names = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    figures = {name: [] for name in names}
    for _ in range(starts):  # alternately, so that a slower moment of the machine affects all kernels
        for name in names:
            figures[name].append(measure(name, cells))
    json.dump(figures, sys.stdout)


def measure(name, cells):
    """Start a kernel and return its figures.

    ``ready`` is the time until the first reply, ``kernelInfo`` and ``cell`` are the median times of a kernel_info request
    and of a cell, all in milliseconds. ``memory`` is the resident memory of the kernel's processes in bytes.
    """
    manager = KernelManager(kernel_name=name)
    start = time.perf_counter()
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.kernel_info()
        client.get_shell_msg(timeout=TIMEOUT)
        ready = time.perf_counter() - start
        info_seconds = [measure_seconds(lambda: client.kernel_info(reply=True, timeout=TIMEOUT)) for _ in range(cells)]
        wait_for_subscription(client)
        cell_seconds = [measure_seconds(lambda: run(client)) for _ in range(cells)]
        pid = manager.provisioner.process.pid
        return {
            "ready": ready * 1000,
            "kernelInfo": median(info_seconds) * 1000,
            "cell": median(cell_seconds) * 1000,
            "memory": sum(resident_bytes(each) for each in process_tree(pid)),
        }
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def wait_for_subscription(client):
    """Wait until the client receives IOPub messages: its subscription may start after the first replies were published."""
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


def measure_seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def median(values):
    return sorted(values)[len(values) // 2]


def process_tree(pid):
    """Return the ids of a process and of all its descendants."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in process_tree(int(child)))]


def resident_bytes(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    main()
