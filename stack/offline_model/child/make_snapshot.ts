/**
 * The program that makes a snapshot: boots Python, installs the shell, and writes the memory to `snapshot` of its options.
 *
 * @module
 */

import type { BootOptions } from "../protocol.ts";
import { bootPyodide } from "./boot.ts";

const options = JSON.parse(Deno.args[0]) as Required<BootOptions>;
const pyodide = await bootPyodide({ ...options, snapshot: undefined }, true);
Deno.writeFileSync(options.snapshot, pyodide.makeMemorySnapshot());
