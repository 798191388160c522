/**
 * The connection file: where a kernel listens, and the key that its messages are signed with ("Connection files" in Jupyter's docs).
 *
 * @module
 */

import { isPlainObject } from "../../media/json_value.ts";

/** The channels of a kernel; each has a socket of its own. */
export const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;

/** The name of a channel. */
export type ChannelName = typeof CHANNELS[number];

/** What a connection file says. */
export interface ConnectionInfo {
  /** The address to listen at, `127.0.0.1`. */
  ip: string;
  /** The port of each channel; 0 is any that is free. */
  ports: Readonly<Record<ChannelName, number>>;
  /** The key for HMAC-SHA256; empty where messages are not signed. */
  key: string;
}

/** The only scheme that is spoken, and the one that Jupyter writes by default. */
const SIGNATURE_SCHEME = "hmac-sha256";

/** The file is not one that a kernel can be started from. The message says why, as the end of a sentence. */
export class ConnectionFileError extends Error {
  override readonly name = "ConnectionFileError";
}

/**
 * Reads a connection file.
 *
 * @param text its content
 * @throws {ConnectionFileError} it is not JSON, lacks something, or asks for what is not spoken
 */
export function parseConnectionFile(text: string): ConnectionInfo {
  const file = parseObject(text);
  const { transport = "tcp", ip, key = "", signature_scheme: scheme = SIGNATURE_SCHEME } = file;
  if (transport === "ipc") {
    throw new ConnectionFileError(
      'its transport is "ipc", unix sockets, for which the kernel would have to write files: start it with the transport "tcp"',
    );
  }
  if (transport !== "tcp") throw new ConnectionFileError(`its transport is ${quote(transport)}, and must be "tcp"`);
  if (typeof ip !== "string" || ip === "") throw new ConnectionFileError('it has no "ip", such as "127.0.0.1"');
  if (typeof key !== "string") throw new ConnectionFileError('its "key" must be a string');
  if (key !== "" && scheme !== SIGNATURE_SCHEME) {
    throw new ConnectionFileError(`its "signature_scheme" is ${quote(scheme)}, and must be "${SIGNATURE_SCHEME}"`);
  }
  const ports = CHANNELS.map((channel) => [channel, portOf(file, `${channel}_port`)]);
  return { ip, key, ports: Object.fromEntries(ports) };
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConnectionFileError("it is not JSON", { cause });
  }
  if (!isPlainObject(value)) throw new ConnectionFileError("it is JSON, but not an object");
  return value;
}

function portOf(file: Record<string, unknown>, name: string): number {
  const port = file[name];
  if (typeof port === "number" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConnectionFileError(`its "${name}" is ${quote(port)}, and must be a port: a number from 0 to 65535`);
}

function quote(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value).slice(0, 80);
}
