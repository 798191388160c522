/**
 * The connections from Python to the outside, as devices of its file system. Python holds file descriptors and no
 * JavaScript objects.
 *
 * @module
 */

import type { InputAnswer } from "../../../src/execution/input_answer.ts";
import { PYTHON_SAYS } from "../protocol.ts";
import type { ImportedWheels } from "./answers.ts";
import type { DeviceOperations, Pyodide } from "./boot.ts";

/** Each write is an event, as a line of JSON. */
const OUTPUTS = "/dev/outputs";

/**
 * A write takes milliseconds. A read returns when they have passed: its byte is 1 if an interrupt came first, and 0
 * otherwise.
 */
const WAIT = "/dev/wait";

/**
 * A write takes a line of JSON: `{module, loaded}`. A read returns the server's answer: first `{isKnown, reason,
 * wheels: [{fileName, size}]}`, then the contents of the wheels, one after the other. It returns nothing if an
 * interrupt came first.
 */
const IMPORTS = "/dev/imports";

/**
 * A write takes a line of JSON: `{prompt, password}`. A read returns the person's answer: `{typed}` or `{raises}`. It
 * returns nothing if an interrupt came first.
 */
const INPUT = "/dev/input";

/** Errors of Emscripten's file system (WASI's numbers). */
const EINVAL = 28;
const ENOTSUP = 138;

const LINE_END = 10;

export interface DeviceHost {
  /** Sends bytes, which are whole lines. */
  write(bytes: Uint8Array): void;
  /** Waits; indefinitely if the milliseconds are negative. Returns whether an interrupt ended the wait. */
  wait(milliseconds: number): boolean;
  /**
   * Asks for a missing module and waits for the answer; `undefined` when an interrupt comes first.
   *
   * @param loaded the file names of the installed wheels
   */
  importModule(module: string, loaded: string[]): ImportedWheels | undefined;
  /** Asks the person for a line and waits for the answer; `undefined` when an interrupt comes first. */
  input(prompt: string, isPassword: boolean): InputAnswer | undefined;
}

export function makeDevices({ FS }: Pick<Pyodide, "FS">, host: DeviceHost): void {
  const decoder = new TextDecoder();
  const refuse = (errno: number): never => {
    throw new FS.ErrnoError(errno);
  };
  const add = (minor: number, path: string, operations: Partial<DeviceOperations>) => {
    const device = FS.makedev(64, minor);
    FS.registerDevice(device, {
      open(stream) {
        stream.seekable = false;
      },
      close() {},
      read: () => refuse(ENOTSUP),
      write: () => refuse(ENOTSUP),
      ...operations,
    });
    FS.mkdev(path, 0o600, device);
  };

  add(0, OUTPUTS, {
    write(_stream, buffer, offset, length) {
      const event = buffer.subarray(offset, offset + length);
      if (event.includes(LINE_END)) refuse(EINVAL); // text after it could be taken for a message of the child itself
      const line = new Uint8Array(length + 2);
      line[0] = PYTHON_SAYS;
      line.set(event, 1);
      line[length + 1] = LINE_END;
      host.write(line);
      return length;
    },
  });

  let milliseconds = 0;
  add(1, WAIT, {
    write(_stream, buffer, offset, length) {
      const asked = Number(decoder.decode(buffer.slice(offset, offset + length)));
      if (Number.isNaN(asked)) refuse(EINVAL);
      milliseconds = asked;
      return length;
    },
    read(_stream, buffer, offset, length) {
      if (length === 0) return 0;
      buffer[offset] = host.wait(milliseconds) ? 1 : 0;
      return 1;
    },
  });

  /** Adds a device that takes a question when it is written and returns the answer when it is read. */
  const addAsking = (minor: number, path: string, ask: (question: unknown) => Uint8Array[]) => {
    let pieces: Uint8Array[] = [];
    add(minor, path, {
      write(_stream, buffer, offset, length) {
        pieces = ask(readJson(decoder.decode(buffer.slice(offset, offset + length))));
        return length;
      },
      read(_stream, buffer, offset, length) {
        const [piece] = pieces;
        if (piece === undefined) return 0;
        const part = piece.subarray(0, length);
        buffer.set(part, offset);
        if (part.length < piece.length) pieces[0] = piece.subarray(part.length);
        else pieces.shift();
        return part.length;
      },
    });
  };

  addAsking(2, IMPORTS, (question) => {
    if (!isImport(question)) return refuse(EINVAL);
    const answer = host.importModule(question.module, question.loaded);
    return answer === undefined ? [] : piecesOf(answer);
  });

  addAsking(3, INPUT, (question) => {
    if (!isInput(question)) return refuse(EINVAL);
    const answer = host.input(question.prompt, question.password);
    return answer === undefined ? [] : [new TextEncoder().encode(JSON.stringify(answer))];
  });
}

/** Parses Python's question. Returns `undefined` if it is not JSON: a cell can write to the device too. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isImport(question: unknown): question is { module: string; loaded: string[] } {
  if (typeof question !== "object" || question === null) return false;
  const { module, loaded } = question as Partial<Record<string, unknown>>;
  return typeof module === "string" && Array.isArray(loaded) && loaded.every((name) => typeof name === "string");
}

function isInput(question: unknown): question is { prompt: string; password: boolean } {
  if (typeof question !== "object" || question === null) return false;
  const { prompt, password } = question as Partial<Record<string, unknown>>;
  return typeof prompt === "string" && typeof password === "boolean";
}

function piecesOf({ isKnown, reason, wheels }: ImportedWheels): Uint8Array[] {
  const sizes = wheels.map(({ fileName, bytes }) => ({ fileName, size: bytes.length }));
  const head = new TextEncoder().encode(JSON.stringify({ isKnown, reason, wheels: sizes }));
  return [head, ...wheels.map(({ bytes }) => bytes)];
}
