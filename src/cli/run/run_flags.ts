/**
 * Reads the flags of `aipython run` that have a form of their own.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";

/** A name that Python takes for a variable. */
const NAME = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

/**
 * Reads `-p NAME VALUE`.
 *
 * @param lines a line of JSON for each parameter; absent where none was given
 * @throws {ConfigurationError} a name is not one of Python's
 */
export function readParameters(lines: string | undefined): [name: string, value: string][] {
  const parameters: [string, string][] = lines === undefined ? [] : lines.split("\n").map((line) => JSON.parse(line));
  const issues = parameters.filter(([name]) => !NAME.test(name)).map(([name]) => ({
    message: `wrong parameter ${JSON.stringify(name)}: expected the name of a variable, as in -p year 2026`,
  }));
  if (issues.length > 0) throw new ConfigurationError(issues);
  return parameters;
}

/**
 * Reads `--cell-timeout SECONDS`.
 *
 * @returns seconds; `undefined` where there is no limit
 * @throws {ConfigurationError} it is not a number above 0
 */
export function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() !== "" && seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new ConfigurationError([{
    message: `wrong cell timeout ${JSON.stringify(text)}: expected seconds, as in --cell-timeout 30`,
  }]);
}

/**
 * Returns where the output notebook goes; `undefined` where none is written.
 *
 * @throws {ConfigurationError} `--inplace` does not fit
 */
export function outputPath(file: string, { output, inplace }: Readonly<Record<string, string>>): string | undefined {
  if (inplace === undefined) return output;
  if (output !== undefined) throw new ConfigurationError([{ message: "give --inplace or --output, not both" }]);
  if (/\.ipynb$/i.test(file)) return file;
  throw new ConfigurationError([{
    message: `--inplace writes into a notebook, and ${JSON.stringify(file)} is none; give --output OUT.ipynb`,
  }]);
}
