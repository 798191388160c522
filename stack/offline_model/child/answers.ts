/**
 * Waits for the server's answers in the thread that runs Python. The wait blocks, because the thread is busy with a
 * cell and receives no events.
 *
 * @module
 */

import { type MessagePort as NodePort, receiveMessageOnPort } from "node:worker_threads";
import type { InputAnswer } from "../../../src/execution/input_answer.ts";
import { type ImportAnswer, NEWS, SIGINT, SIGNAL, type TypedAnswer } from "../protocol.ts";

/** A wheel as it arrives in the thread: with decoded bytes instead of base64 text. */
export type ReceivedAnswer =
  | Omit<Extract<ImportAnswer, { type: "wheel" }>, "bytes"> & { bytes: Uint8Array }
  | Extract<ImportAnswer, { type: "answered" }>
  | TypedAnswer;

/** The packages that provide a module. */
export interface ImportedWheels {
  isKnown: boolean;
  /** The reason the module cannot be imported. */
  reason?: string;
  /** The wheels to unpack. */
  wheels: { fileName: string; bytes: Uint8Array }[];
}

/** Receives the answer to a question. */
export class Answers {
  readonly #shared: Int32Array;
  readonly #port: NodePort;

  /**
   * @param shared the two integers that are shared with the thread that receives messages
   * @param port the port to which that thread posts the answers
   */
  constructor(shared: Int32Array, port: MessagePort) {
    this.#shared = shared;
    this.#port = port as unknown as NodePort; // Deno's function takes the web's ports
  }

  /**
   * Waits for the packages of a module.
   *
   * @returns the answer; `undefined` when an interrupt comes first
   */
  waitForWheels(question: number): ImportedWheels | undefined {
    const wheels: ImportedWheels["wheels"] = [];
    for (;;) {
      const message = this.#next(question);
      if (message === undefined) return undefined;
      if (message.type === "answered") return { isKnown: message.isKnown, reason: message.reason, wheels };
      if (message.type === "wheel") wheels.push(message);
    }
  }

  /**
   * Waits for the line that the person types.
   *
   * @returns the answer; `undefined` when an interrupt comes first
   */
  waitForInput(question: number): InputAnswer | undefined {
    for (;;) {
      const message = this.#next(question);
      if (message === undefined || message.type === "typed") return message?.answer;
    }
  }

  /**
   * Returns the next message for a question; `undefined` when an interrupt comes first. Late answers to earlier
   * questions are discarded.
   */
  #next(question: number): ReceivedAnswer | undefined {
    for (;;) {
      const seen = Atomics.load(this.#shared, NEWS);
      if (Atomics.compareExchange(this.#shared, SIGNAL, SIGINT, 0) === SIGINT) return undefined;
      const received: { message: ReceivedAnswer } | undefined = receiveMessageOnPort(this.#port);
      if (received === undefined) Atomics.wait(this.#shared, NEWS, seen);
      else if (received.message.question === question) return received.message;
    }
  }
}
