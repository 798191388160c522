/**
 * The ways to request a cell's tool calls.
 *
 * @module
 */

/**
 * The way in which tool calls are requested. `auto`: all in one reply if the model can do that. `sequential`: one reply after the
 * other. `text`: as text.
 *
 * ```ts
 * import { createModel, InteractiveShell, type ToolMode } from "@runt/aipython-runtime-agent";
 *
 * const toolMode: ToolMode = "sequential";
 * const shell = new InteractiveShell({ model: await createModel(), toolMode });
 * console.log(shell.executionCount);
 * ```
 */
export type ToolMode = "auto" | "sequential" | "text";

export const toolModes: readonly ToolMode[] = ["auto", "sequential", "text"];
