/**
 * Notebooks that are not, or only partly, saved on the server.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { file } from "./notebook_files.ts";
import { browserTest, modelFrom, noFaults, openSite } from "./open_site.ts";

browserTest("notebooks that are not or only partly saved", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });
  // The browser receives the cookie.
  await open.open();

  await t.step("the page shows how much of a file is saved, and names an unfinished file", async () => {
    const cells = Array.from({ length: 500 }, (_, at) => ({ ...JSON.parse(file).cells[1], id: `c${at}` }));
    const large = Buffer.from(JSON.stringify({ ...JSON.parse(file), metadata: { title: "Large" }, cells }));
    const left = await open.context.newPage();
    const portions = Promise.withResolvers<void>();
    let pushes = 0;
    await left.routeWebSocket(/livestore/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((frame) => {
        // The first messages are stored. Later ones never arrive.
        if (String(frame).includes("PushReq") && ++pushes > 12) return portions.resolve();
        server.send(frame);
      });
    });
    await left.goto(open.site.url);
    const asked = left.waitForEvent("dialog");
    await left.locator("input[type=file]").setInputFiles({
      name: "large.ipynb",
      mimeType: "application/json",
      buffer: large,
    });
    await left.getByText(/“Large”: [1-9]\d* of 500 cells saved …/).waitFor();
    await portions.promise;
    await left.reload();
    assert.equal((await asked).type(), "beforeunload");
    await left.getByRole("note").getByText(/left before a file was saved \(“Large”: [1-9]\d* of 500 cells/).waitFor();
    assert.equal(await left.getByRole("link", { name: "Large" }).count(), 0);
    await left.reload();
    await left.getByRole("button", { name: "New notebook" }).waitFor();
    assert.equal(await left.getByRole("note").count(), 0);
    await left.close();
    open.faults.length = 0;
  });

  await t.step("the browser asks before leaving a page that is uploading a picture", async () => {
    const large = JSON.parse(file);
    large.cells[1].outputs = [
      { output_type: "display_data", data: { "image/png": new Uint8Array(100_000).toBase64() }, metadata: {} },
    ];
    const left = await open.context.newPage();
    const uploading = Promise.withResolvers<void>();
    // The upload is never answered.
    await left.route(/\/artifacts$/, () => uploading.resolve());
    await left.goto(open.site.url);
    const buffer = Buffer.from(JSON.stringify(large));
    await left.locator("input[type=file]").setInputFiles({ name: "l.ipynb", mimeType: "application/json", buffer });
    await uploading.promise;
    const [asked] = await Promise.all([left.waitForEvent("dialog"), left.reload()]);
    assert.equal(asked.type(), "beforeunload");
    await left.getByRole("note").getByText("“Dropped”: 0 of 2 cells saved").waitFor();
    await left.close();
  });

  await t.step("a notebook that is not stored is not on the list, and the page shows the reason", async () => {
    const titles = async () =>
      (await (await open.site.ask("/api/notebooks")).json()).map(({ title }: { title: string }) => title);
    const before = await titles();
    const lost = await open.context.newPage();
    await lost.clock.install();
    // The sync server never receives the contents.
    const pushed = Promise.withResolvers<void>();
    await lost.routeWebSocket(/livestore/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((frame) => String(frame).includes("PushReq") ? pushed.resolve() : server.send(frame));
    });
    await lost.goto(open.site.url);
    await lost.getByRole("button", { name: "New notebook" }).click();
    await pushed.promise;
    await lost.clock.fastForward(60_000);
    await lost.getByRole("alert").getByText("its contents were not stored in time").waitFor();
    assert.deepEqual(await titles(), before);
    assert.ok(await lost.getByRole("button", { name: "New notebook" }).isEnabled());
    await lost.close();
    // The page has requested the reason meanwhile, and still tries to connect after the notebook was removed.
    assert.deepEqual(open.faults.splice(0).filter((fault) => !/\b(?:426|404)\b/.test(fault)), []);
  });

  await t.step("no page reported an error", () => noFaults(open));
});
