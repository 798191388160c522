/**
 * The error for a file on the command line that cannot be used.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";

/** Creates the error. The message should name the file and the reason. */
export function unusableFile(message: string): ConfigurationError {
  return new ConfigurationError([{ message }]);
}
