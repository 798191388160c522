/**
 * Measures one sync hop: the time from a LiveStore client's commit of an event until another client sees it.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { type LineProcess, startLineProcess } from "../line_process.ts";
import { Witness } from "./witness.ts";

/** Two clients of a notebook in which nothing else happens. */
export class HopMeter implements AsyncDisposable {
  readonly #writer: LineProcess;
  readonly #reader: Witness;

  private constructor(writer: LineProcess, reader: Witness) {
    this.#writer = writer;
    this.#reader = reader;
  }

  static async open({ syncUrl, authToken }: Pick<NotebookAddress, "syncUrl" | "authToken">): Promise<HopMeter> {
    const notebookId = newNotebookId();
    await using opened = new AsyncDisposableStack();
    const reader = opened.use(await Witness.open({ syncUrl, authToken, notebookId }));
    const script = new URL("./hop_process.ts", import.meta.url);
    const writer = opened.use(await startLineProcess(script, { args: [syncUrl, authToken, notebookId] }));
    opened.move();
    return new HopMeter(writer, reader);
  }

  /** Writes an event and returns the duration of its hop, in milliseconds. */
  async measure(): Promise<number> {
    const before = this.#reader.head;
    const writtenAt = Number(await this.#writer.ask(crypto.randomUUID()));
    const { at } = await this.#reader.event("v1.Debug", before);
    return performance.timeOrigin + at - writtenAt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.stop();
    await this.#reader[Symbol.asyncDispose]();
  }
}
