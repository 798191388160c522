/**
 * Parses connection files: the addresses of a kernel, and the key of its messages (jupyter_client's documentation, "Connection files").
 *
 * @module
 */

import { ConfigurationError, type ConfigurationIssue } from "../errors.ts";
import { isPlainObject } from "../media/json_value.ts";
import { SIGNATURE_SCHEME } from "./signer.ts";

/** The channels of a kernel. The names of their ports begin with these. */
const channels = ["shell", "iopub", "stdin", "control", "hb"] as const;

export type Channel = typeof channels[number];

/** The content of a connection file. */
export interface ConnectionInfo {
  /** The address that the kernel listens on: `127.0.0.1`. */
  readonly ip: string;
  /** The port of each channel; 0 chooses any free port. */
  readonly ports: Readonly<Record<Channel, number>>;
  /** The secret key for signatures. */
  readonly key: string;
}

/**
 * Parses a connection file.
 *
 * @param path the file's path, for error messages
 * @throws {ConfigurationError} with all problems; neither the key nor the text are part of the messages
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
    problems.push(
      `"transport" is "ipc", which needs a file that this kernel is not permitted to write; start it with "tcp"`,
    );
  } else if (transport !== "tcp") problems.push(`"transport" is not "tcp", the only one that this kernel supports`);
  if (typeof ip !== "string" || ip === "") problems.push(`"ip" is not an address, such as "127.0.0.1"`);
  const ports = Object.fromEntries(channels.map((channel) => [channel, fields[`${channel}_port`]]));
  const wrong = channels.filter((channel) => !isPort(ports[channel]));
  for (const channel of wrong) problems.push(`"${channel}_port" is not a port: a whole number from 0 to 65535`);
  const named = channels.map((channel) => ports[channel]).filter((port) => isPort(port) && port > 0);
  if (new Set(named).size < named.length) problems.push("two channels have the same port; each needs a different one");
  if (signature_scheme !== SIGNATURE_SCHEME) {
    problems.push(`"signature_scheme" is not "${SIGNATURE_SCHEME}", the only one that this kernel supports`);
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
