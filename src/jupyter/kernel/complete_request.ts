/**
 * Answers a `complete_request` from the names in the session's cells, without asking a model.
 *
 * @module
 */

import { complete } from "../../repl/completion/complete.ts";
import type { ReadFolder } from "../../repl/completion/file_names.ts";
import { KnownNames } from "../../repl/completion/known_names.ts";
import type { JsonObject } from "../message.ts";
import { indexOfPosition, positionOfIndex } from "./code_points.ts";
import type { RequestContent } from "./request_content.ts";

export interface CompletionContext {
  names: KnownNames;
  readFolder: ReadFolder;
}

/**
 * Completes the code before the cursor. If no name of the session matches, names from the cell's earlier lines are used, which have not run
 * yet.
 *
 * @throws {ContentError} if the request is not valid
 */
export function completeRequest(content: RequestContent, { names, readFolder }: CompletionContext): JsonObject {
  const code = content.text("code");
  const position = content.integer("cursor_pos") ?? positionOfIndex(code, code.length);
  const index = indexOfPosition(code, position);
  const line = code.slice(code.lastIndexOf("\n", index - 1) + 1, index);
  const known = complete(line, { names, readFolder });
  const found = known !== undefined && known.candidates.length > 0
    ? known
    : complete(line, { names: namesIn(code.slice(0, index - line.length)), readFolder });
  const { candidates, insert } = found ?? { candidates: [], insert: "" };
  const end = positionOfIndex(code, index);
  const typed = candidates.length === 0 ? 0 : [...sharedStart(candidates)].length - [...insert].length;
  return { status: "ok", matches: candidates, cursor_start: end - typed, cursor_end: end, metadata: {} };
}

function namesIn(code: string): KnownNames {
  const names = new KnownNames();
  names.learn(code);
  return names;
}

/** The common beginning of sorted texts, which is that of the first and the last one. */
function sharedStart(sorted: readonly string[]): string {
  const [first] = sorted;
  const last = sorted.at(-1)!;
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  return first.slice(0, length);
}
