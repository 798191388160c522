/**
 * Watches a response's body while it is read.
 *
 * @module
 */

/** How many bytes of a body are kept to tell what it is if it turns out to be no event stream. */
const HEAD_BYTES = 8_192;

/** How many bytes one JSON value may have, a body or an event: more than any model writes in one answer. */
export const MAX_ANSWER_BYTES = 8_388_608;

/** How many bytes are read behind the end of an answer: a line or two are there at most. */
const MAX_DRAINED_BYTES = 65_536;

/** The last of the bytes that are blank in JSON, and the one that opens an object. */
const BLANK = 0x20;
const OPENING_BRACE = 0x7b;

/** What is told about each read of the body. */
export interface ReadObserver {
  /** A read from the network begins. */
  onRead(): void;
  /** It has ended: with bytes, with the body's end, or with a failure. */
  onReadEnd(): void;
}

/** A response whose body is read through this object, which tells of each read and remembers the beginning. */
export class ObservedResponse {
  /** The original's status. */
  readonly status: number;
  /** The original's headers. */
  readonly headers: Headers;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #observer: ReadObserver;
  readonly #headPieces: Uint8Array[] = [];
  #headBytes = 0;
  /** Whether the body begins like JSON; `undefined` while there are only blanks. */
  #isJson: boolean | undefined;
  #ended = false;

  /**
   * Takes a response over.
   *
   * @param original a response whose body nobody has read
   * @param observer is told about each read
   */
  constructor(original: Response, observer: ReadObserver) {
    this.#reader = original.body?.getReader();
    this.#observer = observer;
    this.status = original.status;
    this.headers = original.headers;
  }

  /** Whether the body has ended by itself. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The body's beginning, as text. */
  get head(): string {
    return this.#kept.slice(0, HEAD_BYTES);
  }

  /** The body, if it is one JSON value instead of a stream. */
  get json(): unknown {
    try {
      return JSON.parse(this.#kept);
    } catch {
      return undefined;
    }
  }

  get #kept(): string {
    return decode(this.#headPieces);
  }

  /**
   * Reads and discards what is left, so that the connection can serve the next request; where that is too much, only some of it.
   *
   * @throws what the body fails with
   */
  async drain(): Promise<void> {
    for (let bytes = 0; !this.#ended && bytes < MAX_DRAINED_BYTES;) bytes += (await this.read())?.length ?? 0;
  }

  /** Closes the body: a read that waits ends there, and the connection with it, if more would come. */
  async cancel(): Promise<void> {
    try {
      await this.#reader?.cancel();
    } catch {
      // It has failed already, and is closed.
    }
  }

  /**
   * Reads the next bytes of the body; nothing at its end.
   *
   * @throws what the body fails with
   */
  async read(): Promise<Uint8Array | undefined> {
    this.#observer.onRead();
    try {
      const result = await this.#reader?.read();
      if (result === undefined || result.done) {
        this.#ended = true;
        return undefined;
      }
      this.#remember(result.value);
      return result.value;
    } finally {
      this.#observer.onReadEnd();
    }
  }

  #remember(bytes: Uint8Array): void {
    const first = bytes.find((byte) => byte > BLANK);
    if (first !== undefined) this.#isJson ??= first === OPENING_BRACE;
    const limit = this.#isJson === true ? MAX_ANSWER_BYTES : HEAD_BYTES;
    if (this.#headBytes >= limit) return;
    this.#headPieces.push(bytes.slice(0, limit - this.#headBytes));
    this.#headBytes += bytes.length;
  }
}

function decode(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
}
