/**
 * Declares tests of a kernel that need Jupyter's client, and shortens published messages.
 *
 * @module
 */

import { jupyterTest } from "../jupyter_python.ts";
import type { SeenMessage } from "./jupyter_bridge.ts";

/** Declares a test of a kernel. It is ignored if Jupyter's client is not installed. */
export const kernelTest = (name: string, fn: (python: string) => Promise<void>) =>
  jupyterTest(["jupyter_client", "zmq"], `a kernel ${name}`, fn);

/** Returns the type and the content of each message. */
export const shown = (messages: readonly SeenMessage[]) => messages.map(({ type, content }) => [type, content]);
