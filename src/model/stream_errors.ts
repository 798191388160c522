/**
 * What can be wrong with a stream that was sent as if all were well.
 *
 * @module
 */

/** The stream ended without a finish reason. */
export class UnfinishedStreamError extends Error {
  /** Tells it from other errors. */
  override readonly name = "UnfinishedStreamError";
}

/** The stream held an error in place of a chunk, in a form that the openai package does not know. It has the fields of that package's errors. */
export class StreamedError extends Error {
  /** Tells it from other errors. */
  override readonly name = "StreamedError";
  /** There is none but that of the response. */
  readonly status = undefined;
  /** There are none but those of the response. */
  readonly headers = undefined;
  /** The error object. */
  readonly error: unknown;

  /** @param error the error object */
  constructor(error: unknown) {
    super("The stream held an error");
    this.error = error;
  }
}

/** A line that is no `data:`; llama.cpp ended its streams with one until 2025. */
const ERROR_LINE = /(?:^|\n)error: ?(\{.*\})\s*$/;

/** Reads the error that stands in a stream's last line as `error: {...}`; `undefined` if there is none. */
export function readErrorLine(end: string): StreamedError | undefined {
  const json = ERROR_LINE.exec(end)?.[1];
  try {
    return json === undefined ? undefined : new StreamedError(JSON.parse(json));
  } catch {
    return undefined;
  }
}
