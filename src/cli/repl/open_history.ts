/**
 * Opens the history of cells that a session can recall.
 *
 * @module
 */

import { join } from "node:path";
import { CellHistory } from "../../repl/cell_history.ts";
import { HistoryFile } from "../../repl/history_file.ts";
import { stateFolder } from "../../repl/state_folder.ts";
import type { Invocation } from "../command.ts";
import { fileProblem } from "../files/file_problem.ts";

/** Opens the history, on disk if possible. With `--no-history` it contains only the cells of this session. */
export function openHistory(
  { flags, host: { environment }, logger }: Pick<Invocation, "flags" | "host" | "logger">,
): CellHistory {
  const folder = flags.noHistory === undefined ? stateFolder({ os: Deno.build.os, environment }) : undefined;
  const path = folder === undefined ? undefined : join(folder, "history");
  return new CellHistory({
    file: path === undefined ? undefined : new HistoryFile(path),
    onProblem: (error) =>
      logger.warn("the history cannot be kept on disk; --no-history turns it off", {
        path,
        reason: fileProblem(error, "write"),
      }),
  });
}
