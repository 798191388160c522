/**
 * Observes the body of a response while it is read.
 *
 * @module
 */

/** How many bytes of a body are kept for an error message, in case the body is not an event stream. */
const HEAD_BYTES = 8_192;

/** The maximum size of one JSON value, a body or an event, in bytes: more than any model writes in one answer. */
export const MAX_ANSWER_BYTES = 8_388_608;

/** The maximum number of bytes that are read after the end of an answer. Usually one or two lines follow. */
const MAX_DRAINED_BYTES = 65_536;

/** The highest byte that is white space in JSON, a space. Lower bytes are white space too. */
const BLANK = 0x20;
/** The byte that opens a JSON object. */
const OPENING_BRACE = 0x7b;

/** Callbacks for each read of the body. */
export interface ReadObserver {
  /** Called when a read from the network begins. */
  onRead(): void;
  /** Called when the read has ended with bytes, at the end of the body, or with an error. */
  onReadEnd(): void;
}

/** A response whose body is read through this object. It reports each read and keeps the beginning of the body. */
export class ObservedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #observer: ReadObserver;
  readonly #headPieces: Uint8Array[] = [];
  #headBytes = 0;
  /** Whether the body begins like a JSON object; `undefined` while there is only white space. */
  #isJson: boolean | undefined;
  #ended = false;

  /** @param original a response whose body has not been read */
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

  /** The parsed body, if it is one JSON value instead of a stream; otherwise `undefined`. */
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
   * Reads and discards the rest of the body, so that the connection can serve the next request. Stops early if the rest is long.
   *
   * @throws the error of the body
   */
  async drain(): Promise<void> {
    for (let bytes = 0; !this.#ended && bytes < MAX_DRAINED_BYTES;) bytes += (await this.read())?.length ?? 0;
  }

  /** Closes the body. A pending read ends, and the connection is closed if the body is not complete. */
  async cancel(): Promise<void> {
    try {
      await this.#reader?.cancel();
    } catch {
      // The body has already failed, and is closed.
    }
  }

  /**
   * Reads the next bytes of the body; `undefined` at its end.
   *
   * @throws the error of the body
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
