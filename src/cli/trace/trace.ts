/**
 * Shows the traces of cells: `aipython trace FILE`.
 *
 * @module
 */

import { decodeText, EncodingError } from "../../decode_text.ts";
import type { CellTrace } from "../../execution/trace/cell_trace.ts";
import { parseTrace } from "../../execution/trace/parse_trace.ts";
import { counted } from "../../terminal/counted.ts";
import { Style, wantsColor } from "../../terminal/style.ts";
import { formatTrace } from "../../terminal/trace_text.ts";
import type { Invocation } from "../command.ts";
import { failure } from "../exit_code.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";
import type { CommandHost } from "../host/command_host.ts";

/** The operand that means standard input. */
const STDIN = "-";

/** The maximum number of broken lines that are named. The others are only counted. */
const LINES_NAMED = 10;

/**
 * Shows the traces in a file, in the order of the file.
 *
 * @returns the exit code: 1 if nothing could be shown
 * @throws {ConfigurationError} the file cannot be read
 */
export async function trace({ operands: [file], flags, host }: Invocation<never>): Promise<number> {
  const lines = (await readText(file, host)).split(/\r?\n/);
  const style = new Style(wantsColor({ isTerminal: host.isTerminal("output"), environment: host.environment }));
  const broken: number[] = [];
  let shown = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const trace = parseTrace(line);
    if (trace === undefined) broken.push(index + 1);
    else if (isWanted(trace, flags.cell)) {
      host.writeOutput(formatTrace(trace, style));
      shown += 1;
    }
  }
  for (const number of broken.slice(0, LINES_NAMED)) {
    host.writeError(`Line ${number} is not the record of a cell and was skipped.\n`);
  }
  if (broken.length > LINES_NAMED) host.writeError(`${counted(broken.length - LINES_NAMED, "more line")} skipped.\n`);
  if (shown > 0) return 0;
  host.writeError(flags.cell === undefined ? "There is no record of a cell.\n" : missing(flags.cell));
  return failure.code;
}

function isWanted({ executionCount, cellId, queueId }: CellTrace, cell: string | undefined): boolean {
  return cell === undefined || [executionCount?.toString(), cellId, queueId].includes(cell);
}

function missing(cell: string): string {
  return `There is no record of a cell ${JSON.stringify(cell)}: give the n of its In [n], or its id.\n`;
}

async function readText(file: string, host: CommandHost): Promise<string> {
  const name = file === STDIN ? "standard input" : JSON.stringify(file);
  try {
    return decodeText(file === STDIN ? await host.readInput() : host.readFile(file));
  } catch (error) {
    throw unusableFile(
      `cannot read ${name}: ${error instanceof EncodingError ? error.message : fileProblem(error, "read")}`,
    );
  }
}
