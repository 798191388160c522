/**
 * What can be wrong with a stream that was sent as if all were well.
 *
 * @module
 */

import { shortError } from "./failure/short_error.ts";

/** The stream ended without a finish reason. */
export class UnfinishedStreamError extends Error {
  /** Tells it from other errors. */
  override readonly name = "UnfinishedStreamError";
}

/** The stream held an event that is not JSON. */
export class GarbledStreamError extends Error {
  /** Tells it from other errors. */
  override readonly name = "GarbledStreamError";
  /** The event's data. */
  readonly data: string;

  /** @param data the event's data */
  constructor(data: string) {
    super("The stream held an event that is not JSON");
    this.data = data;
  }
}

/** The stream did not come to an end, or to its next event. */
export class EndlessStreamError extends Error {
  /** Tells it from other errors. */
  override readonly name = "EndlessStreamError";
  /** What did not end: the next event, in bytes, or the stream, in bytes or events. */
  readonly what: "event" | "stream" | "events";
  /** How many bytes or events it may have. */
  readonly max: number;

  /**
   * @param what what did not end
   * @param max how many bytes or events it may have
   */
  constructor(what: "event" | "stream" | "events", max: number) {
    super(
      `The ${what === "event" ? "event" : "stream"} has more than ${max} ${what === "events" ? "events" : "bytes"}`,
    );
    this.what = what;
    this.max = max;
  }
}

/** The stream held an error in place of a chunk. It has the fields of that package's errors. */
export class StreamedError extends Error {
  /** Tells it from other errors. */
  override readonly name = "StreamedError";
  /** There is none but that of the response. */
  readonly status = undefined;
  /** There are none but those of the response. */
  readonly headers = undefined;
  /** The error object, as far as it may be a reason. */
  readonly error: unknown;

  /** @param error the error object */
  constructor(error: unknown) {
    super("The stream held an error");
    this.error = shortError(error);
  }
}
