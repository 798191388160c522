/**
 * Reads the files that a conversation describes, so that Python can write them.
 *
 * @module
 */

import { GAP_MARK, LINE_MARK } from "../../src/files/excerpt.ts";
import { describeGoneFile } from "../../src/files/hidden_content.ts";
import { readFiles } from "../../src/execution/prompt/file_block.ts";

export interface ConversationFile {
  name: string;
  /** The text, possibly shortened; `null` for a deleted file. */
  text: string | null;
  /** Whether lines or parts of lines are left out. */
  isCut: boolean;
}

/** The marker of an omitted part of a line. */
const CUT_LINE = /\[\.\.\. [\d,]+ characters? left out \.\.\.\]/;

/** The replacement for control characters. */
const ESCAPE = /\\x([01][0-9a-f]|7f|[89][0-9a-f])/g;

/** Reads the files at the beginning of a turn. Files without content are skipped. */
export function readConversationFiles(turn: string): ConversationFile[] {
  return readFiles(turn).flatMap(({ name, description }): ConversationFile[] => {
    if (description === describeGoneFile()) return [{ name, text: null, isCut: false }];
    const [facts, ...lines] = description.split("\n");
    if (lines.length === 0 && !facts.endsWith(", empty")) return [];
    const kept = lines.filter((line) => line.startsWith(LINE_MARK)).map((line) => line.slice(LINE_MARK.length));
    const isCut = lines.some((line) => line.startsWith(GAP_MARK)) || kept.some((line) => CUT_LINE.test(line));
    const lineEnd = facts.includes(", CRLF line ends") ? "\r\n" : "\n";
    const end = kept.length === 0 || facts.includes(", no newline at the end") ? "" : lineEnd;
    const text = kept.join(lineEnd).replace(ESCAPE, (_, code) => String.fromCharCode(parseInt(code, 16)));
    return [{ name, text: text + end, isCut }];
  });
}
