/**
 * The end of a local sync server: it keeps its data and leaves no process behind.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startSyncServer, type SyncServer } from "../../../stack/sync_server/start.ts";
import { numberedEvents, openSocket, socketUrl } from "./sync_socket.ts";

/** The deadline for a process to disappear, in ms. It usually takes about 50. */
const goneDeadlineMs = 10_000;

/** Waits until a process has ended. Rejects at the deadline. A zombie counts as ended. */
async function gone(pid: number): Promise<void> {
  const deadline = performance.now() + goneDeadlineMs;
  while (await isRunning(pid)) {
    assert.ok(performance.now() < deadline, `process ${pid} is still there`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function isRunning(pid: number): Promise<boolean> {
  try {
    return !/^State:\s+[ZX]/m.test(await Deno.readTextFile(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

/** Pushes batches of events and waits only for the acknowledgements. */
async function push(server: SyncServer, first: number, batches: number): Promise<void> {
  await using socket = await openSocket(socketUrl(server.syncUrl, "kept", { authToken: server.authToken }));
  for (let index = 0; index < batches; index++) {
    const batch = numberedEvents(first + index * 50, 50);
    socket.send({ _tag: "WSMessage.PushReq", requestId: `${index}`, batch });
  }
  for (let acknowledged = 0; acknowledged < batches;) {
    const frame = await socket.next();
    assert.notEqual(frame._tag, "WSMessage.Error", frame.message);
    if (frame._tag === "WSMessage.PushAck") acknowledged++;
  }
}

async function pull(server: SyncServer): Promise<number[]> {
  await using socket = await openSocket(socketUrl(server.syncUrl, "kept", { authToken: server.authToken }));
  socket.send({ _tag: "WSMessage.PullReq", requestId: "all" });
  const numbers: number[] = [];
  for (let remaining = 1; remaining > 0;) {
    const page = await socket.next();
    numbers.push(...page.batch!.map(({ eventEncoded }) => eventEncoded.seqNum));
    remaining = page.remaining!;
  }
  return numbers;
}

/** Pulls until `count` events are stored, because a push is acknowledged before it is stored. */
async function stored(server: SyncServer, count: number): Promise<number[]> {
  for (;;) {
    const numbers = await pull(server);
    if (numbers.length >= count) return numbers;
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

Deno.test("a sync server keeps its state across stop() and kill() on the same port and folder", async () => {
  const dataDir = await Deno.makeTempDir();
  try {
    const first = await startSyncServer({ dataDir });
    const writer = await openSocket(socketUrl(first.syncUrl, "kept", { authToken: first.authToken }));
    writer.send({ _tag: "WSMessage.PushReq", requestId: "large", batch: numberedEvents(1, 1000) });
    assert.equal((await writer.next())._tag, "WSMessage.PushAck");
    await first.stop();
    await writer.closed;

    const second = await startSyncServer({ dataDir, port: first.port });
    assert.equal(second.port, first.port);
    assert.deepEqual(await pull(second), upTo(1000));
    await push(second, 1001, 1);
    await stored(second, 1050);
    const socket = await openSocket(socketUrl(second.syncUrl, "kept", { authToken: second.authToken }));
    await second.kill();
    await socket.closed;
    await Promise.all([gone(second.childPid), gone(second.workerdPid)]);

    await using third = await startSyncServer({ dataDir, port: first.port });
    assert.deepEqual(await pull(third), upTo(1050));
    await push(third, 1051, 1);
    assert.deepEqual(await stored(third, 1100), upTo(1100));
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("a sync server and its temporary folder disappear when the parent process is killed", async () => {
  const temporary = await Deno.makeTempDir();
  const start = new URL("../../../stack/sync_server/start.ts", import.meta.url);
  const script = `
    import { startSyncServer } from ${JSON.stringify(String(start))};
    const { childPid, workerdPid, apiUrl } = await startSyncServer();
    console.log(JSON.stringify({ childPid, workerdPid, apiUrl }));
  `;
  const parent = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", `data:application/typescript,${encodeURIComponent(script)}`],
    cwd: fileURLToPath(new URL("../../../", import.meta.url)),
    env: { TMPDIR: temporary },
    stdout: "piped",
  }).spawn();
  try {
    const output = parent.stdout.getReader();
    const { childPid, workerdPid, apiUrl } = JSON.parse(new TextDecoder().decode((await output.read()).value));
    assert.ok(await isRunning(childPid) && await isRunning(workerdPid));
    assert.equal([...Deno.readDirSync(temporary)].length, 1);

    parent.kill("SIGKILL");
    await parent.status;
    await Promise.all([gone(childPid), gone(workerdPid), output.cancel()]);
    await assert.rejects(fetch(apiUrl));
    assert.deepEqual([...Deno.readDirSync(temporary)], []);
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
});

Deno.test("startSyncServer() kills workerd when its child process is killed", async () => {
  await using server = await startSyncServer();
  Deno.kill(server.childPid, "SIGKILL");
  await gone(server.workerdPid);
});

Deno.test("startSyncServer() rejects when the port is taken, and leaves nothing behind", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await assert.rejects(
    startSyncServer({ port: taken.addr.port }),
    new RegExp(`did not start: Address already in use \\(127\\.0\\.0\\.1:${taken.addr.port}\\)`),
  );
});

Deno.test("startSyncServer() stops when its signal aborts, before or after it is ready", async () => {
  const early = new AbortController();
  const starting = startSyncServer({ signal: early.signal });
  early.abort(new Error("not needed"));
  await assert.rejects(starting, /not needed/);

  const late = new AbortController();
  const server = await startSyncServer({ signal: late.signal });
  late.abort();
  await Promise.all([gone(server.childPid), gone(server.workerdPid)]);
  await server.stop();
});

Deno.test("startSyncServer() rejects an empty set of users", async () => {
  await assert.rejects(startSyncServer({ users: {} }), /at least one user/);
});

Deno.test("startSyncServer() waits while another process holds the lock of the data folder", async () => {
  const dataDir = await Deno.makeTempDir();
  try {
    // Like the process of a server whose parent was killed and that has not noticed yet.
    const held = await Deno.open(`${dataDir}/lock`, { create: true, write: true });
    await held.lock(true);
    let isReady = false;
    const waiting = startSyncServer({ dataDir }).then((server) => {
      isReady = true;
      return server;
    });
    // A server that starts later is ready first.
    await using _other = await startSyncServer();
    assert.equal(isReady, false);
    held.close();
    await (await waiting).stop();
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
