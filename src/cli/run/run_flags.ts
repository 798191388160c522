/**
 * Parses the flags of `aipython run` whose values have a special form.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";

/** A valid name of a Python variable. */
const NAME = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

/**
 * Parses `-p NAME VALUE`.
 *
 * @param lines a line of JSON for each parameter, `["NAME","VALUE"]`; absent without parameters
 * @throws {ConfigurationError} a name is not a valid name of a Python variable
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
 * Parses `--cell-timeout SECONDS`.
 *
 * @returns the timeout in seconds; `undefined` without a timeout
 * @throws {ConfigurationError} the text is not a number above 0
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
 * Returns the path of the output notebook; `undefined` if none is written.
 *
 * @throws {ConfigurationError} `--inplace` was given with `--output`, or for a file that is not a notebook
 */
export function outputPath(file: string, { output, inplace }: Readonly<Record<string, string>>): string | undefined {
  if (inplace === undefined) return output;
  if (output !== undefined) throw new ConfigurationError([{ message: "give --inplace or --output, not both" }]);
  if (/\.ipynb$/i.test(file)) return file;
  throw new ConfigurationError([{
    message: `--inplace needs a notebook, and ${JSON.stringify(file)} is not one; give --output OUT.ipynb`,
  }]);
}
