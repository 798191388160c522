/**
 * Waits, in the thread that runs Python, for what the server answers: the thread is busy with a cell and receives no events meanwhile.
 *
 * @module
 */

import { type MessagePort as NodePort, receiveMessageOnPort } from "node:worker_threads";
import { type ImportAnswer, NEWS, SIGINT, SIGNAL } from "../protocol.ts";

/** A wheel as it arrives in the thread: its bytes are no text any more. */
export type ReceivedAnswer =
  | Omit<Extract<ImportAnswer, { type: "wheel" }>, "bytes"> & { bytes: Uint8Array }
  | Extract<ImportAnswer, { type: "answered" }>;

/** What there is for a module. */
export interface ImportedWheels {
  /** Whether the server knows of it. */
  isKnown: boolean;
  /** Why it cannot be imported. */
  reason?: string;
  /** What is to be unpacked. */
  wheels: { fileName: string; bytes: Uint8Array }[];
}

/** Receives the answer to a question. */
export class Answers {
  readonly #shared: Int32Array;
  readonly #port: NodePort;

  /**
   * @param shared the two integers that are shared with the thread that receives messages
   * @param port where that thread puts what arrives
   */
  constructor(shared: Int32Array, port: MessagePort) {
    this.#shared = shared;
    this.#port = port as unknown as NodePort; // Deno's function takes the web's ports
  }

  /**
   * Waits for the answer. Answers to earlier questions, for which nobody waits any more, are dropped.
   *
   * @param question the question's number
   * @returns the answer; `undefined` when an interrupt comes first
   */
  wait(question: number): ImportedWheels | undefined {
    const wheels: ImportedWheels["wheels"] = [];
    for (;;) {
      const seen = Atomics.load(this.#shared, NEWS);
      if (Atomics.compareExchange(this.#shared, SIGNAL, SIGINT, 0) === SIGINT) return undefined;
      const received: { message: ReceivedAnswer } | undefined = receiveMessageOnPort(this.#port);
      if (received === undefined) {
        Atomics.wait(this.#shared, NEWS, seen);
        continue;
      }
      const { message } = received;
      if (message.question !== question) continue;
      if (message.type === "answered") return { isKnown: message.isKnown, reason: message.reason, wheels };
      wheels.push(message);
    }
  }
}
