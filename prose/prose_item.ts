/**
 * A piece of text that is checked.
 *
 * @module
 */

import type { ProseKind } from "./turn.ts";

export interface ProseItem {
  kind: ProseKind;
  /** The line of its first character; the first line of a file is 1. */
  line: number;
  /** The text without comment marks and quotes. It has a line break where the file has one. */
  text: string;
}

/** Replaces code between backticks by underscores, so that it is not read as prose. */
export function blankInlineCode(text: string): string {
  return text.replace(/(`+)[^`]+\1/g, (code) => code.replace(/[^\n`]/g, "_"));
}
