/**
 * Answers the questions of a Python process for the modules that its cells import.
 *
 * @module
 */

import type { FoundPackages, PackagesRequest } from "./packages/packages.ts";
import type { FromPython, ToPython } from "./protocol.ts";

/** Finds the wheels of a missing module. */
export type FindPackages = (request: PackagesRequest, signal: AbortSignal) => Promise<FoundPackages>;

type ImportQuestion = Extract<FromPython, { type: "import" }>;

/** The answers to one process. It remembers which wheels the process has received. */
export class ImportAnswers {
  readonly #send: (message: ToPython) => void;
  readonly #findPackages: FindPackages;
  readonly #sent = new Set<string>();

  constructor(send: (message: ToPython) => void, findPackages: FindPackages) {
    this.#send = send;
    this.#findPackages = findPackages;
  }

  /**
   * Sends the answer to a question. A failure is sent as the reason for which the module cannot be imported.
   *
   * @param distribution the URL that Pyodide names for its packages
   * @returns whether the process received new wheels; never rejects
   */
  async answer(
    { question, module, loaded }: ImportQuestion,
    distribution: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const request = { module, distribution, loaded: new Set(loaded) };
    const { wheels, isKnown, reason } = await this.#findPackages(request, signal).catch((error) => {
      const reason = signal.aborted ? "the cell was interrupted" : `the offline model has failed: ${error}`;
      return { isKnown: true, reason, wheels: [] };
    });
    const sent = this.#sent.size;
    for (const { fileName, bytes } of wheels) {
      this.#send({ type: "wheel", question, fileName, bytes: bytes.toBase64() });
      this.#sent.add(fileName);
    }
    this.#send({ type: "answered", question, isKnown, reason });
    return this.#sent.size > sent;
  }
}
