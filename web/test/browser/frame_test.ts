/**
 * A frame with untrusted HTML, which has no access to the network or the page.
 *
 * @module
 */

import assert from "node:assert/strict";
import dgram from "node:dgram";
import { once } from "node:events";
import { answer, display, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, openSite, run } from "./open_site.ts";

/** Makes HTML with a script. */
const script = (code: string) => `<p id=out>waiting</p><script>${code}</script>`;

/** Makes code that asks a STUN server for its address, in a form that an attribute can contain. */
const ask = (port: number) =>
  `const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] }); ` +
  `peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer))`;

/** Attempts to reach a window that has WebRTC, by name. Each sets the text of `out` to `tried` at the end. */
function waysOut(port: number): Record<string, string> {
  const inner = JSON.stringify(`<script>${ask(port)}</script>`).replaceAll("</", "<\\/");
  const frame = (set: string) => `const f = document.createElement("iframe"); ${set}; document.body.append(f);`;
  const ways = {
    "its own script": ask(port).replaceAll("'", '"'),
    "an inner frame with srcdoc": frame(`f.srcdoc = ${inner}`),
    "an inner frame with a script URL": frame(`f.src = ${JSON.stringify("javascript:" + ask(port))}`),
    "an inner frame in a shadow root": `const h = document.createElement("div"); document.body.append(h);` +
      `const f = document.createElement("iframe"); f.srcdoc = ${inner}; h.attachShadow({ mode: "closed" }).append(f);`,
    "a script URL as its location": `location = "javascript:" + ${JSON.stringify(inner)}`,
  };
  const tried = `finally { setTimeout(() => out.textContent = "tried", 1000) }`;
  return Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, script(`try { ${way} } ${tried}`)]));
}

/** Opens a socket that counts packets. */
async function listenUdp() {
  const socket = dgram.createSocket("udp4");
  let count = 0;
  socket.on("message", () => count++);
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    count: () => count,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

browserTest("frames of untrusted outputs", async (t) => {
  await using udp = await listenUdp();
  const ways = waysOut(udp.port);
  const html = (code: string) => answer(display({ "text/html": code, "text/plain": "plain" }));
  // If the page still listened to a frame after the flood, it would fold the frame, because the frame is or claims to be tall.
  const flood = (send: (height: number) => string) =>
    `for (let n = 0; n < 100_000; n++) ${send(50)}; ${send(5_000)}; out.textContent = "sent";`;
  const scripts = {
    ...Object.fromEntries(Object.entries(ways).map(([name, code]) => [name, html(code)])),
    "a flood of window messages": html(script(flood((height) => `parent.postMessage(${height}, '*')`))),
    "a flood of port messages": html(script(
      `let port; const { get } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage") ?? {};` +
        `const { postMessage } = MessagePort.prototype;` +
        `MessagePort.prototype.postMessage = function (data) { port = this; postMessage.call(this, data); ` +
        `if (globalThis.isSent) return; globalThis.isSent = true; ` +
        `${flood((height) => `postMessage.call(port, ${height})`)} out.style.height = "5000px"; };`,
    )),
    "tall": html(`<p style="height: 20000000px">tall</p>`),
  };
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.openNew();
  let cells = 0;
  const show = async (name: string) => {
    await run(page, name);
    return cellOf(page, ++cells);
  };

  for (const name of Object.keys(ways)) {
    await t.step(`a frame sends no UDP packet through ${name}`, async () => {
      const before = udp.count();
      const cell = await show(name);
      const out = cell.frameLocator("iframe").locator("#out");
      await out.filter({ hasText: "tried" }).waitFor();
      assert.equal(udp.count(), before);
    });
  }

  for (const name of ["a flood of window messages", "a flood of port messages"]) {
    await t.step(`${name} does not stop the page`, async () => {
      const cell = await show(name);
      await cell.frameLocator("iframe").locator("#out", { hasText: "sent" }).waitFor();
      const next = await show("1 + 1");
      await next.getByText("42").waitFor();
      assert.equal(await cell.getByRole("button", { name: "Show all" }).count(), 0);
    });
  }

  await t.step("the height of a frame is limited", async () => {
    const cell = await show("tall");
    await cell.getByRole("button", { name: "Show all" }).click();
    assert.equal((await cell.locator("iframe").boundingBox())!.height, 200_000);
  });
});
