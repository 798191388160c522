/**
 * Sends requests to the interface that a model server has beside OpenAI's.
 *
 * @module
 */

import { readBoundedText } from "../../read_bounded_text.ts";
import { accessHeaders, type ServerAccess, serverUrl } from "../server_access.ts";
import { privateFetch } from "../../telemetry/private_fetch.ts";

/** An answer in JSON. */
export interface InquiryAnswer {
  status: number;
  /** The body; `undefined` if it is not JSON. */
  body: unknown;
}

/** The maximum size of an answer, in bytes. llama.cpp's properties contain a chat template of up to 40 KB. */
const MAX_BYTES = 4_000_000;

export class ServerInquiry {
  readonly #baseUrl: string;
  readonly #headers: Record<string, string>;
  readonly #signal: AbortSignal;

  /** Prepares the requests. Nothing is sent yet. */
  constructor(access: ServerAccess, signal: AbortSignal) {
    this.#baseUrl = access.baseUrl.replace(/\/v1\/*(?=\?|$)/, "");
    this.#headers = accessHeaders(access);
    this.#signal = signal;
  }

  /**
   * Sends a GET request.
   *
   * @param path below the base URL without its `/v1`: `/props`
   * @throws the error of `fetch` when there is no answer, or a redirect; the signal's reason when it is aborted
   */
  get(path: string): Promise<InquiryAnswer> {
    return this.#ask(path, {});
  }

  /** Sends a POST request with a JSON body. Otherwise like {@linkcode ServerInquiry.get}. */
  post(path: string, body: object): Promise<InquiryAnswer> {
    return this.#ask(path, { method: "POST", body: JSON.stringify(body) }, { "content-type": "application/json" });
  }

  async #ask(path: string, init: RequestInit, headers: Record<string, string> = {}): Promise<InquiryAnswer> {
    const response = await privateFetch(serverUrl(this.#baseUrl, path), {
      ...init,
      headers: { ...this.#headers, ...headers },
      // A redirect would send the key and the code to another server.
      redirect: "error",
      signal: this.#signal,
    });
    const { text, isCut } = await readBoundedText(response, MAX_BYTES);
    if (isCut) throw new RangeError(`the answer has more than ${MAX_BYTES} bytes`);
    return { status: response.status, body: response.ok ? parse(text) : undefined };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
