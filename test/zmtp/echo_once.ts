/**
 * A program that opens one socket of each kind and sends one message through each. It shows which permissions this
 * needs.
 *
 * @module
 */

import { BindError } from "../../src/zmtp/errors.ts";
import { PublisherSocket } from "../../src/zmtp/publisher_socket.ts";
import { ReplySocket } from "../../src/zmtp/reply_socket.ts";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { loopback } from "./loopback_socket.ts";
import { bytes, command, message, RawPeer } from "./raw_peer.ts";

async function echo(kind: string, peer: RawPeer): Promise<void> {
  let frame: string | undefined;
  while (frame !== "hello") frame = await peer.frame();
  print(`${kind} ${frame}`);
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

try {
  await using router = await RouterSocket.bind(loopback);
  await using reply = await ReplySocket.bind(loopback);
  await using publisher = await PublisherSocket.bind({
    ...loopback,
    onSubscribe: () => publisher.publish([bytes("hello")]),
  });
  using dealer = await RawPeer.meet(router.port, "DEALER");
  using req = await RawPeer.meet(reply.port, "REQ");
  using sub = await RawPeer.meet(publisher.port, "SUB");
  await dealer.send(message("hello"));
  const { routingId, frames } = (await router[Symbol.asyncIterator]().next()).value!;
  void router.send(routingId, frames);
  await echo("ROUTER", dealer);
  await req.send(message("", "hello"));
  const request = (await reply[Symbol.asyncIterator]().next()).value!;
  void request.reply(request.frames);
  await echo("REP", req);
  await sub.send(command("SUBSCRIBE"));
  await echo("XPUB", sub);
} catch (error) {
  if (!(error instanceof BindError)) throw error;
  print(`${error.name}: ${error.message}`);
}
