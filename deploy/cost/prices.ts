/**
 * Cloudflare's prices and limits on the Workers Paid plan, in US dollars, from its documentation of November 2026.
 *
 * @module
 */

/** The included amount of each month, and the price of a further unit. */
export interface Price {
  included: number;
  /** US dollars a unit. */
  perUnit: number;
}

const perMillion = (dollars: number): number => dollars / 1e6;

/** The monthly price of the plan. Page "Workers: Pricing". */
export const subscription = 5;

/** Prices, by the counted unit. */
export const prices = {
  /** Page "Workers: Pricing". Opening a socket is one request. Its messages do not count. */
  workerRequests: { included: 10e6, perUnit: perMillion(0.3) },
  /** Page "Durable Objects: Pricing". Opening a socket is one request, {@linkcode framesPerRequest} incoming messages are one. */
  roomRequests: { included: 1e6, perUnit: perMillion(0.15) },
  /** The same page. Time in which a room works, at 128 MB; one that may hibernate costs nothing while its sockets stay open. */
  roomGigabyteSeconds: { included: 400_000, perUnit: perMillion(12.5) },
  /** The same page: a `put` is a row. */
  roomRowsWritten: { included: 50e6, perUnit: perMillion(1) },
  /** Page "D1: Pricing". */
  rowsWritten: { included: 50e6, perUnit: perMillion(1) },
  rowsRead: { included: 25e9, perUnit: perMillion(0.001) },
  /** Gigabytes at the month's end. */
  eventGigabytes: { included: 5, perUnit: 0.75 },
  /** Page "R2: Pricing": class A operations write, class B operations read. */
  artifactsWritten: { included: 1e6, perUnit: perMillion(4.5) },
  artifactsRead: { included: 10e6, perUnit: perMillion(0.36) },
  artifactGigabytes: { included: 10, perUnit: 0.015 },
} satisfies Record<string, Price>;

/** The number of incoming messages of a socket that are billed as one request. Page "Durable Objects: Pricing". */
export const framesPerRequest = 20;

/** The memory that a working room is billed for, in gigabytes. The same page. */
export const roomGigabytes = 0.128;

/** The limits of one D1 database. Page "D1: Limits". */
export const database = {
  bytes: 10e9,
  /** A database runs one query after the other, and a write takes "several milliseconds": 200 a second at 5 ms each. */
  writesPerSecond: 200,
};
