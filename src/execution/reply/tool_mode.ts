/**
 * The ways to ask for a cell's tool calls.
 *
 * @module
 */

/**
 * How tool calls are asked for: all in one reply where the model can, one reply after the other, or as text.
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

/** All of them. */
export const toolModes: readonly ToolMode[] = ["auto", "sequential", "text"];
