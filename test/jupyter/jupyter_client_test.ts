/**
 * Messages exchanged with Jupyter's own `Session` over libzmq.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readConnectionFile } from "../../src/jupyter/connection_file.ts";
import type { JsonObject } from "../../src/jupyter/message.ts";
import { Session } from "../../src/jupyter/session.ts";
import { PublisherSocket } from "../../src/zmtp/publisher_socket.ts";
import { ReplySocket } from "../../src/zmtp/reply_socket.ts";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { bytes, texts } from "../zmtp/raw_peer.ts";
import { Pyzmq, pyzmqTest } from "../zmtp/pyzmq.ts";

const loopback = { hostname: "127.0.0.1", port: 0 };

const KEY = "5f1b-a-key";

pyzmqTest("Jupyter's Session reads our messages, and our Session reads Jupyter's", async () => {
  const reasons: string[] = [];
  const session = new Session({ key: KEY, onDropped: (reason) => reasons.push(reason) });
  await using router = await RouterSocket.bind(loopback);
  await using client = new Pyzmq(
    router.port,
    String.raw`
from jupyter_client.session import Session
from datetime import timedelta, timezone
session = Session(key=b"${KEY}", username="someone")
dealer = connect(zmq.DEALER, identity=session.bsession)
content = {"code": "print('é\U0001f600')", "nested": {"a": [1, 2.5, None, True]}}
request = session.send(dealer, "execute_request", content, metadata={"m": 1}, buffers=[b"one", b"\x00" * 300])
Session(key=b"wrong").send(dealer, "execute_request", content)
frames = session.serialize(session.msg("execute_request", content))
dealer.send_multipart(frames)
dealer.send_multipart(frames)
session.send(dealer, "shutdown_request", {"restart": False})

def receive():
    idents, reply = session.recv(dealer, mode=0)
    assert idents == [], idents
    return reply

for expected in "execute_request", "execute_request", "shutdown_request":
    reply = receive()
    assert reply["msg_type"] == expected.replace("request", "reply"), reply
    assert reply["header"]["version"] == "5.4" and reply["header"]["username"] == "kernel", reply
    assert reply["header"]["date"].utcoffset() == timedelta(0), reply
    assert reply["metadata"] == {"é": "ü"}, reply
    assert [bytes(buffer) for buffer in reply["buffers"]] == [b"a", b""], reply
    if expected == "execute_request":
        assert reply["content"] == content, reply
        assert reply["parent_header"]["username"] == "someone", reply
    if request is not None:
        assert reply["parent_header"]["msg_id"] == request["header"]["msg_id"], reply
        request = None
`,
  );
  let read = 0;
  for await (const { routingId, frames } of router) {
    const request = session.read(frames);
    if (request === undefined) continue;
    const { header, content } = request;
    if (read === 0) assert.deepEqual(texts(request.buffers), ["one", "\0".repeat(300)]);
    void router.send(
      routingId,
      session.write(header.msg_type.replace("request", "reply"), content, {
        parent: request,
        metadata: { "é": "ü" },
        buffers: [bytes("a"), bytes("")],
      }),
    );
    if (++read === 3) break;
  }
  await client.ends();
  assert.deepEqual(reasons, ["its signature was not made with this kernel's key", "it has been received before"]);
}, "jupyter_client");

pyzmqTest("Jupyter's blocking client connects to a kernel with the connection file that Jupyter wrote", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using writer = new Pyzmq(
      0,
      `
from jupyter_client.connect import write_connection_file
write_connection_file("${folder}/kernel.json", ip="127.0.0.1", key=b"${KEY}")
`,
    );
    await writer.ends();
    const { ip: hostname, ports, key, warnings } = await readConnectionFile(`${folder}/kernel.json`);
    assert.deepEqual([hostname, key, warnings], ["127.0.0.1", KEY, []]);
    const session = new Session({ key });
    await using shell = await RouterSocket.bind({ hostname, port: ports.shell });
    await using _control = await RouterSocket.bind({ hostname, port: ports.control });
    await using _stdin = await RouterSocket.bind({ hostname, port: ports.stdin });
    await using heartbeat = await ReplySocket.bind({ hostname, port: ports.hb });
    await using iopub = await PublisherSocket.bind({
      hostname,
      port: ports.iopub,
      onSubscribe: (topic, subscriber) => {
        const content = { subscription: new TextDecoder().decode(topic) };
        void subscriber.send(session.write("iopub_welcome", content, { identities: [topic] }));
      },
    });
    const serving = serve(shell, heartbeat, iopub, session);
    await using client = new Pyzmq(
      0,
      `
from jupyter_client import BlockingKernelClient
client = BlockingKernelClient(connection_file="${folder}/kernel.json")
client.load_connection_file()
client.start_channels()
assert client.get_iopub_msg(timeout=30)["msg_type"] == "iopub_welcome"
client.wait_for_ready(timeout=30)
assert client.hb_channel.is_beating()
def show(message):
    if message["msg_type"] == "stream":
        say(message["content"]["text"])
reply = client.execute_interactive("1 + 1", timeout=30, output_hook=show)
assert reply["content"]["status"] == "ok", reply
client.stop_channels()
`,
    );
    await client.says("you said: 1 + 1");
    await client.ends();
    await shell.close();
    await heartbeat.close();
    await serving;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}, "jupyter_client");

/** Serves as a minimal kernel: answers information requests and prints the code of each cell. */
async function serve(
  shell: RouterSocket,
  heartbeat: ReplySocket,
  iopub: PublisherSocket,
  session: Session,
): Promise<void> {
  const beating = (async () => {
    for await (const { frames, reply } of heartbeat) void reply(frames);
  })();
  for await (const { routingId, frames } of shell) {
    const parent = session.read(frames)!;
    const publish = (type: string, content: JsonObject) =>
      iopub.publish(session.write(type, content, { identities: [bytes(`kernel.${type}`)], parent }));
    publish("status", { execution_state: "busy" });
    const isExecution = parent.header.msg_type === "execute_request";
    if (isExecution) publish("stream", { name: "stdout", text: `you said: ${parent.content.code}` });
    const content: JsonObject = isExecution
      ? { status: "ok", execution_count: 1 }
      : { status: "ok", protocol_version: "5.4" };
    void shell.send(routingId, session.write(parent.header.msg_type.replace("request", "reply"), content, { parent }));
    publish("status", { execution_state: "idle" });
  }
  await beating;
}
