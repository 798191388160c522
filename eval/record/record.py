"""Run the cells of a recording again in one session of a real ipykernel, and write a recording of the same format.

Usage: python3 eval/record/record.py [CELLS.json] > RECORDING.json

CELLS.json is the recording whose cells are run. Default: the committed test/golden/session.json.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
from importlib.metadata import version

from jupyter_client.manager import KernelManager

COMMITTED = pathlib.Path(__file__).parents[2] / "test" / "golden" / "session.json"

# The fields of a cell that are copied from the old recording; the others come from the kernel's reply. `run` is present
# for a cell that needs more than its code: arguments of `execute`, the typed input, and whether it is interrupted.
COPIED_FIELDS = ("name", "kind", "run", "varies", "varies_in", "depends_on", "code")

# The number of base64 characters of a PNG that a recording keeps.
PNG_LENGTH = 60

# Seconds to wait for the kernel to start, and for each cell to end.
TIMEOUT = 60


def main():
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else COMMITTED
    wanted = json.loads(path.read_text())["cells"]
    recording = {
        "recorded_with": versions(),
        "note": "One ipykernel session, cells in order. PNG data shortened. "
        "Consecutive stream messages of one name merged.",
        "cells": record(wanted),
    }
    json.dump(recording, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def versions():
    packages = ("ipykernel", "ipython", "jupyter_client", "numpy", "pandas", "matplotlib")
    return {"python": sys.version.split()[0], **{name: version(name) for name in packages}}


def record(wanted):
    """Run all cells in one kernel, in a temporary folder, and return their recorded cells."""
    with tempfile.TemporaryDirectory(prefix="notebook-") as folder:
        manager = KernelManager(kernel_name="python3")
        manager.start_kernel(cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=TIMEOUT)
            return [record_cell(manager, client, cell) for cell in wanted]
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def record_cell(manager, client, wanted):
    options = dict(wanted.get("run", {}))
    typed = options.pop("typed", [])
    interrupt = options.pop("interrupt", False)
    if options.get("store_history", True) and wanted["code"].strip():
        skip_to_count(client, wanted["execution_count"])
    outputs = []

    def on_output(message):
        kind, content = message["msg_type"], message["content"]
        if kind not in ("status", "execute_input"):
            append_output(outputs, kind, content)
        if interrupt and kind == "stream":
            manager.interrupt_kernel()

    reply = client.execute_interactive(
        wanted["code"],
        **options,
        allow_stdin=bool(typed),
        stop_on_error=False,
        timeout=TIMEOUT,
        output_hook=on_output,
        stdin_hook=lambda _: client.input(typed[0]),
    )["content"]
    cell = {
        **{key: wanted[key] for key in COPIED_FIELDS if key in wanted},
        "execution_count": reply["execution_count"],
        "status": reply["status"],
        "outputs": outputs,
    }
    if reply.get("payload"):
        cell["payload"] = reply["payload"]
    return cell


def skip_to_count(client, count):
    """Use up the execution counts of cells that were removed from the recording, so that the next cell keeps its own."""
    while run_none(client, store_history=False) < count - 1:
        run_none(client, store_history=True)


def run_none(client, store_history):
    reply = client.execute_interactive("None", store_history=store_history, output_hook=lambda _: None)
    return reply["content"]["execution_count"]


def append_output(outputs, kind, content):
    if kind == "stream" and outputs and outputs[-1].get("name") == content["name"]:
        outputs[-1]["text"] += content["text"]
        return
    output = {"output_type": kind, **content}
    data = output.get("data", {})
    if "image/png" in data:
        png = data["image/png"]
        output["data"] = {**data, "image/png": f"{png[:PNG_KEPT]}...<{len(png)} base64 chars>"}
    outputs.append(output)


if __name__ == "__main__":
    main()
