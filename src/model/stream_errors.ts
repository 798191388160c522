/**
 * The errors of a stream that came with a successful response.
 *
 * @module
 */

import { shortError } from "./failure/short_error.ts";

/** The stream ended without a finish reason. */
export class UnfinishedStreamError extends Error {
  override readonly name = "UnfinishedStreamError";
}

/** The stream held an event that is not JSON. */
export class GarbledStreamError extends Error {
  override readonly name = "GarbledStreamError";
  readonly data: string;

  constructor(data: string) {
    super("The stream held an event that is not JSON");
    this.data = data;
  }
}

/** The stream or one of its events exceeded its maximum size. */
export class EndlessStreamError extends Error {
  override readonly name = "EndlessStreamError";
  /** The part that was too large: an event, in bytes, or the stream, in bytes or in events. */
  readonly what: "event" | "stream" | "events";
  /** The maximum number of bytes or events. */
  readonly max: number;

  constructor(what: "event" | "stream" | "events", max: number) {
    super(
      `The ${what === "event" ? "event" : "stream"} has more than ${max} ${what === "events" ? "events" : "bytes"}`,
    );
    this.what = what;
    this.max = max;
  }
}

/** The stream held an error instead of a chunk. This error has the fields of the openai package's errors. */
export class StreamedError extends Error {
  override readonly name = "StreamedError";
  /** Absent: the response itself had a status of success. */
  readonly status = undefined;
  /** Absent: the headers are those of the response. */
  readonly headers = undefined;
  /** The error object, shortened. */
  readonly error: unknown;

  constructor(error: unknown) {
    super("The stream held an error");
    this.error = shortError(error);
  }
}
