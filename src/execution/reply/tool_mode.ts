/**
 * The ways to ask for a cell's tool calls.
 *
 * @module
 */

/** How tool calls are asked for: all in one reply where the model can, one reply after the other, or as text. */
export type ToolMode = "auto" | "sequential" | "text";

/** All of them. */
export const toolModes: readonly ToolMode[] = ["auto", "sequential", "text"];
