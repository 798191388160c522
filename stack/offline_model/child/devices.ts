/**
 * The ways out of Python, as devices of its file system: Python holds file descriptors, and no object of JavaScript.
 *
 * @module
 */

import { PYTHON_SAYS } from "../protocol.ts";
import type { DeviceOperations, Pyodide } from "./boot.ts";

/** Takes an event as a line of JSON a write. */
const OUTPUTS = "/dev/outputs";

/** Takes milliseconds, and is read when they have passed: the byte tells whether an interrupt came first (1) or not (0). */
const WAIT = "/dev/wait";

/** Errors of Emscripten's file system (WASI's numbers). */
const EINVAL = 28;
const ENOTSUP = 138;

const LINE_END = 10;

/** What the devices lead to. */
export interface DeviceHost {
  /** Sends bytes, which are whole lines. */
  write(bytes: Uint8Array): void;
  /** Waits; for ever when the milliseconds are negative. Returns whether an interrupt ended the wait. */
  wait(milliseconds: number): boolean;
}

/** Makes the devices. */
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
      if (event.includes(LINE_END)) refuse(EINVAL); // what comes after it could pass for what the child itself says
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
}
