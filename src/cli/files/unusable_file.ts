/**
 * The error for a file, named on the command line, that cannot be used.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";

/** Makes the error; the message names the file and the reason. */
export function unusableFile(message: string): ConfigurationError {
  return new ConfigurationError([{ message }]);
}
