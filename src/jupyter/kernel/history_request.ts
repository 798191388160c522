/**
 * Answers a `history_request` like IPython's history.
 *
 * @module
 */

import type { CellOutput } from "../../execution/cell_output.ts";
import type { JsonObject } from "../message.ts";
import type { ArchivedCell, CellArchive } from "./cell_archive.ts";
import { ContentError, type RequestContent } from "./request_content.ts";

/** The number of cells that `tail` and `search` return by default. */
const DEFAULT_COUNT = 10;

/**
 * Lists cells of this session and, if they are stored, of earlier ones.
 *
 * @throws {ContentError} if the request is not valid
 */
export function historyRequest(content: RequestContent, archive: CellArchive): JsonObject {
  const withOutput = content.flag("output", false);
  const history = select(content, archive).map(({ session, executionCount, code, outputs }) => [
    session,
    executionCount,
    withOutput ? [code, valueOf(outputs)] : code,
  ]);
  return { status: "ok", history };
}

function select(content: RequestContent, archive: CellArchive): readonly ArchivedCell[] {
  switch (content.text("hist_access_type")) {
    case "tail":
      return last(archive.cells, content.integer("n") ?? DEFAULT_COUNT);
    case "range":
      return range(content, archive);
    case "search":
      return search(content, archive);
    default:
      throw new ContentError(
        'The content of history_request is not valid: "hist_access_type" must be "tail", "range" or "search".',
      );
  }
}

/** Selects cells of a session: 0 is the current one, -1 the one before it. Negative cell numbers count from the end. */
function range(content: RequestContent, { cells, session: current }: CellArchive): readonly ArchivedCell[] {
  const given = content.integer("session") ?? 0;
  const session = given > 0 ? given : current + given;
  const own = cells.filter((cell) => cell.session === session);
  const end = (own.at(-1)?.executionCount ?? 0) + 1;
  const bound = (value: number) => value < 0 ? end + value : value;
  const start = bound(content.integer("start") ?? 0);
  const stop = bound(content.integer("stop") ?? end);
  return own
    .filter(({ executionCount }) => executionCount >= start && executionCount < stop)
    .map((cell) => given > 0 ? cell : { ...cell, session: given });
}

function search(content: RequestContent, { cells }: CellArchive): readonly ArchivedCell[] {
  const pattern = globPattern(content.optionalText("pattern") ?? "*");
  const fitting = cells.filter(({ code }) => pattern.test(code));
  const found = content.flag("unique", false)
    ? fitting.filter(({ code }, index) => fitting.findLastIndex((other) => other.code === code) === index)
    : fitting;
  return last(found, content.integer("n") ?? DEFAULT_COUNT);
}

function last<Item>(items: readonly Item[], count: number): readonly Item[] {
  return count > 0 ? items.slice(-count) : [];
}

/** Converts a pattern of SQLite's GLOB, which IPython uses, to a regular expression: `*`, `?` and `[...]`. */
function globPattern(glob: string): RegExp {
  const parts = glob.replace(/\*+/g, "*").match(/\*|\?|\[\^?\]?[^\]]*\]|[^]/gu) ?? [];
  const source = parts.map((part) => {
    if (part === "*") return "[^]*";
    if (part === "?") return "[^]";
    if (part.length > 2 && part.startsWith("[")) return part.replace(/(?<=^\[\^?)\]/, "\\]").replaceAll("\\", "\\\\");
    return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  try {
    return new RegExp(`^${source.join("")}$`);
  } catch {
    throw new ContentError('The content of history_request is not valid: "pattern" is not a glob pattern.');
  }
}

/** The text of `Out[n]`. */
function valueOf(outputs: readonly CellOutput[]): string | null {
  const result = outputs.findLast((output) => output.type === "execute_result");
  const text = result?.data["text/plain"];
  return typeof text === "string" ? text : null;
}
