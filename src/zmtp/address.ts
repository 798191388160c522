/**
 * Where a socket listens, and why it cannot.
 *
 * @module
 */

import { BindError } from "./errors.ts";

/** Where a socket listens. */
export interface Address {
  /** The transport. Default: `tcp`, the only one that is spoken. */
  readonly transport?: string;
  /** The host's name or address. Nothing is encrypted and nobody is asked for credentials: choose `127.0.0.1`. */
  readonly hostname: string;
  /** The port; 0 is any that is free. */
  readonly port: number;
}

const MAX_PORT = 65_535;

/**
 * Checks what can be known before listening. Deno's implementation of `node:net` throws what permissions forbid where nobody can catch
 * it, so they are asked first.
 *
 * @throws {BindError} when the address cannot be listened on
 */
export async function checkAddress(address: Address): Promise<void> {
  const { transport = "tcp", hostname, port } = address;
  if (transport !== "tcp") throw new BindError("unsupported_transport", unsupported(transport));
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw invalid(address, `the port is not a whole number from 0 to ${MAX_PORT}`);
  }
  // Without a host, node:net listens on every interface.
  if (hostname === "") throw invalid(address, "the host is missing");
  let permission: Deno.PermissionStatus;
  try {
    permission = await Deno.permissions.query({ name: "net", host: hostAndPort(address) });
  } catch (cause) {
    throw invalid(address, `"${hostname}" is not a host's name or address`, cause);
  }
  if (permission.state !== "granted") throw notPermitted(address);
}

/** Makes the error for one that `node:net` reported. */
export function describeBindFailure(address: Address, cause: NodeJS.ErrnoException): BindError {
  const where = hostAndPort(address);
  switch (cause.code) {
    case "EADDRINUSE": {
      const message =
        `Cannot listen on ${where}: another program does. Choose another port, or 0 for any that is free.`;
      return new BindError("address_in_use", message, { cause });
    }
    case "EACCES":
      return new BindError(
        "not_permitted",
        `Cannot listen on ${where}: the operating system forbids it. Choose a port above 1023, or 0 for any that is free.`,
        { cause },
      );
    case "EPERM":
      return notPermitted(address, cause);
    case "EADDRNOTAVAIL":
    case "EINVAL":
    case "ENOTFOUND":
      return invalid(address, `this machine has no address "${address.hostname}"`, cause);
    default:
      return new BindError("failed", `Cannot listen on ${where}: ${cause.message}.`, { cause });
  }
}

function unsupported(transport: string): string {
  const reason = transport === "ipc"
    ? ": a unix socket is a file, for which this program would need --allow-write"
    : "";
  return `The transport "${transport}" is not supported${reason}. Use "tcp".`;
}

function invalid(address: Address, problem: string, cause?: unknown): BindError {
  const message = `Cannot listen on ${
    hostAndPort(address)
  }: ${problem}. Use 127.0.0.1, and port 0 for any that is free.`;
  return new BindError("invalid_address", message, { cause });
}

function notPermitted(address: Address, cause?: unknown): BindError {
  const message = `Cannot listen on ${hostAndPort(address)}: Deno was not given the permission to. ` +
    `Start it with --allow-net=${address.hostname}.`;
  return new BindError("not_permitted", message, { cause });
}

function hostAndPort({ hostname, port }: Address): string {
  return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}
