/**
 * The addresses at which sockets can listen, and the errors for other addresses.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { BindError, type BindErrorKind } from "../../src/zmtp/errors.ts";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { RawPeer } from "./raw_peer.ts";

async function refusal(address: Parameters<typeof RouterSocket.bind>[0]): Promise<[BindErrorKind, string]> {
  try {
    await using _ = await RouterSocket.bind(address);
  } catch (error) {
    assert.ok(error instanceof BindError, String(error));
    return [error.kind, error.message];
  }
  assert.fail("the socket listens");
}

Deno.test("bind() listens on the given port or on a free one, and reports the port", async () => {
  const free = await RouterSocket.bind({ hostname: "127.0.0.1", port: 0 });
  const { port } = free;
  assert.ok(port > 0);
  await free.close();
  await using named = await RouterSocket.bind({ transport: "tcp", hostname: "127.0.0.1", port });
  assert.equal(named.port, port);
  using _peer = await RawPeer.meet(port, "DEALER");
});

Deno.test("bind() rejects with the reason for which it cannot listen, and with a solution", async () => {
  await using other = await RouterSocket.bind({ hostname: "127.0.0.1", port: 0 });
  assert.deepEqual(await refusal({ hostname: "127.0.0.1", port: other.port }), [
    "address_in_use",
    `Cannot listen on 127.0.0.1:${other.port}: another program is listening there. Choose another port, or 0 for any free port.`,
  ]);
  assert.deepEqual(await refusal({ transport: "ipc", hostname: "/run/user/kernel", port: 1 }), [
    "unsupported_transport",
    `The transport "ipc" is not supported: a Unix socket is a file, which would require --allow-write. Use "tcp".`,
  ]);
  assert.deepEqual(await refusal({ transport: "inproc", hostname: "a", port: 1 }), [
    "unsupported_transport",
    `The transport "inproc" is not supported. Use "tcp".`,
  ]);
  for (const port of [-1, 65_536, 1.5, NaN]) {
    assert.deepEqual(await refusal({ hostname: "127.0.0.1", port }), [
      "invalid_address",
      `Cannot listen on 127.0.0.1:${port}: the port is not a whole number from 0 to 65535. ` +
      "Use 127.0.0.1, and port 0 for any free port.",
    ]);
  }
  for (const hostname of ["203.0.113.1", "no host", ""]) {
    const [kind, message] = await refusal({ hostname, port: 0 });
    assert.equal(kind, "invalid_address", message);
    assert.match(message, /^Cannot listen on .*: .+\. Use 127\.0\.0\.1, and port 0 for any free port\.$/);
  }
});

/** Runs `echo_once.ts` with these permissions, and returns its output. */
async function run(...permissions: string[]): Promise<string> {
  const script = fileURLToPath(new URL("./echo_once.ts", import.meta.url));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...permissions, script],
  }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

Deno.test("the sockets need only --allow-net=127.0.0.1", async () => {
  assert.equal(await run("--allow-net=127.0.0.1"), "ROUTER hello\nREP hello\nXPUB hello\n");
});

Deno.test("bind() reports the permission that it lacks", async () => {
  const message =
    "Cannot listen on 127.0.0.1:0: Deno was not given the permission to. Start it with --allow-net=127.0.0.1.";
  assert.equal(await run(), `BindError: ${message}\n`);
  assert.equal(await run("--allow-net=127.0.0.2"), `BindError: ${message}\n`);
});
