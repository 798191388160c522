/**
 * The bindings of the worker, as far as they are used here. Miniflare provides them locally and Cloudflare in the
 * cloud.
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

/**
 * The bindings, without those that only sync-cf uses: `DB` (D1, the events) and `WEBSOCKET_SERVER` (Durable Objects).
 */
export interface Bindings {
  /**
   * The table of tokens and their users. It is in a separate database, so that requests with a token do not wait for
   * the events of notebooks.
   */
  TOKENS: Database;
  ARTIFACTS: Bucket;
}
