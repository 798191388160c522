/**
 * What a connection file says: where a kernel listens, and the key of its messages (jupyter_client's documentation, "Connection files").
 *
 * @module
 */

import { ConfigurationError, type ConfigurationIssue } from "../errors.ts";
import { isPlainObject } from "../media/json_value.ts";
import { SIGNATURE_SCHEME } from "./signer.ts";

/** The channels of a kernel, as the names of their ports begin. */
const channels = ["shell", "iopub", "stdin", "control", "hb"] as const;

/** A channel of a kernel. */
export type Channel = typeof channels[number];

/** What a connection file says. */
export interface ConnectionInfo {
  /** The address that the kernel listens on: `127.0.0.1`. */
  readonly ip: string;
  /** The port of each channel; 0 is any that is free. */
  readonly ports: Readonly<Record<Channel, number>>;
  /** The key of the signatures. A secret. */
  readonly key: string;
}

/**
 * Reads the text of a connection file.
 *
 * @param text its text
 * @param path its path, for the error
 * @throws {ConfigurationError} with everything that is wrong; neither the key nor the text are shown
 */
export function parseConnectionInfo(text: string, path: string): ConnectionInfo {
  const file = `the connection file ${JSON.stringify(path)}`;
  const fields = parseObject(text);
  if (fields === undefined) {
    throw new ConfigurationError([{
      message: `${file} is not a JSON object; Jupyter writes one for each kernel it starts`,
    }]);
  }
  const problems: string[] = [];
  const { transport = "tcp", ip, key, signature_scheme = SIGNATURE_SCHEME } = fields;
  if (transport === "ipc") {
    problems.push(`"transport" is "ipc", a file, which this kernel may not write; start it with "tcp"`);
  } else if (transport !== "tcp") problems.push(`"transport" is not "tcp", the only one that this kernel speaks`);
  if (typeof ip !== "string" || ip === "") problems.push(`"ip" is not an address, such as "127.0.0.1"`);
  const ports = Object.fromEntries(channels.map((channel) => [channel, fields[`${channel}_port`]]));
  const wrong = channels.filter((channel) => !isPort(ports[channel]));
  for (const channel of wrong) problems.push(`"${channel}_port" is not a port: a whole number from 0 to 65535`);
  const named = channels.map((channel) => ports[channel]).filter((port) => isPort(port) && port > 0);
  if (new Set(named).size < named.length) problems.push("two channels have the same port; each needs one of its own");
  if (signature_scheme !== SIGNATURE_SCHEME) {
    problems.push(`"signature_scheme" is not "${SIGNATURE_SCHEME}", the only one that this kernel knows`);
  }
  if (typeof key !== "string" || key === "") {
    problems.push(`"key" is missing or empty; without one, every program on this machine could run cells`);
  }
  if (problems.length > 0) {
    throw new ConfigurationError(problems.map((problem): ConfigurationIssue => ({ message: `${file}: ${problem}` })));
  }
  return { ip: ip as string, ports: ports as Record<Channel, number>, key: key as string };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPort(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535;
}
