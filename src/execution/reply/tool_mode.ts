/**
 * The ways to ask for a cell's tool calls.
 *
 * @module
 */

/** How tool calls are asked for: all in one reply where the model can, or one reply after the other. */
export type ToolMode = "auto" | "sequential";

/** All of them. */
export const toolModes: readonly ToolMode[] = ["auto", "sequential"];
