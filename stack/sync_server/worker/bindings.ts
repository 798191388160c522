/**
 * What the worker is bound to, locally by miniflare and in the cloud by Cloudflare: the parts of it that are used here.
 *
 * @module
 */

/** The part of Cloudflare's R2 that is used here. */
export interface Bucket {
  put(key: string, value: ReadableStream, options: { httpMetadata: { contentType: string } }): Promise<unknown>;
  get(key: string): Promise<{ body: ReadableStream; httpMetadata?: { contentType?: string } } | null>;
}

/** The part of Cloudflare's D1 that is used here. */
export interface Database {
  prepare(sql: string): { bind(...values: string[]): { first<Row>(): Promise<Row | null> } };
}

/** The bindings, besides those that sync-cf alone uses: `DB` (D1, the events) and `WEBSOCKET_SERVER` (Durable Objects). */
export interface Bindings {
  /** Whose token it is. A database of its own, so that nobody waits for other notebooks' events to be let in. */
  TOKENS: Database;
  ARTIFACTS: Bucket;
}
