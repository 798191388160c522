/**
 * The address of a listening socket, with checks and error messages.
 *
 * @module
 */

import { BindError } from "./errors.ts";

export interface Address {
  /** The transport. Default: `tcp`, the only one that is supported. */
  readonly transport?: string;
  /** The host's name or IP address. There is neither encryption nor authentication, so use `127.0.0.1`. */
  readonly hostname: string;
  /** The port; 0 chooses any free port. */
  readonly port: number;
}

const MAX_PORT = 65_535;

/**
 * Checks an address before listening. Deno's `node:net` throws permission errors where they cannot be caught, so the permission is checked
 * here.
 *
 * @throws {BindError} if it is impossible to listen at the address
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

/** Converts an error of `node:net` to a {@linkcode BindError} with advice. */
export function describeBindFailure(address: Address, cause: NodeJS.ErrnoException): BindError {
  const where = hostAndPort(address);
  switch (cause.code) {
    case "EADDRINUSE": {
      const message =
        `Cannot listen on ${where}: another program is listening there. Choose another port, or 0 for any free port.`;
      return new BindError("address_in_use", message, { cause });
    }
    case "EACCES":
      return new BindError(
        "not_permitted",
        `Cannot listen on ${where}: the operating system forbids it. Choose a port above 1023, or 0 for any free port.`,
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
  const reason = transport === "ipc" ? ": a Unix socket is a file, which would require --allow-write" : "";
  return `The transport "${transport}" is not supported${reason}. Use "tcp".`;
}

function invalid(address: Address, problem: string, cause?: unknown): BindError {
  const message = `Cannot listen on ${hostAndPort(address)}: ${problem}. Use 127.0.0.1, and port 0 for any free port.`;
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
