/**
 * A page of another origin in the same browser, which can neither read nor change anything.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, modelFrom, openSite } from "./open_site.ts";

/** Serves an empty page on another port of the same host, which is the closest other origin. Cookies ignore the port. */
function startOtherOrigin(): { port: number } & AsyncDisposable {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response("<!doctype html><title>Stranger</title>", { headers: { "content-type": "text/html" } }),
  );
  return { port: server.addr.port, [Symbol.asyncDispose]: () => server.shutdown() };
}

browserTest("access from a page of another origin", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });
  await using other = startOtherOrigin();
  const own = await open.openNew();
  const { origin: site, pathname, port } = new URL(own.url());
  const id = pathname.split("/")[2];
  const count = async () => (await (await open.site.ask("/api/notebooks")).json()).length;

  for (const host of ["localhost", "127.0.0.1"]) {
    const page = await open.context.newPage();
    await page.goto(`http://${host}:${other.port}`);
    assert.equal(await page.title(), "Stranger");

    await t.step(`a page from ${host} cannot read any response`, async () => {
      const answers = await page.evaluate(async ({ site, id, port }) => {
        const read = async (url: string, init: RequestInit = {}) => {
          try {
            return await (await fetch(url, { credentials: "include", ...init })).text();
          } catch {
            return "nothing";
          }
        };
        return await Promise.all([
          read(`${site}/api/notebooks`),
          read(`${site}/api/site`, { mode: "no-cors" }),
          read(`${site}/`),
          read(`${site}/notebooks/${id}`, { mode: "no-cors" }),
          read(`http://127.0.0.1:${port}/api/notebooks`),
          read(`http://127.0.0.1:${port}/api/notebooks/${id}/runtime`, { mode: "no-cors" }),
        ]);
      }, { site, id, port });
      // An opaque response has an empty text.
      assert.deepEqual(answers.map((text) => text || "nothing"), Array(6).fill("nothing"));
    });

    await t.step(`a page from ${host} cannot open a socket to the notebook`, async () => {
      const ends = await page.evaluate(
        ({ port, id }) =>
          Promise.all(["localhost", "127.0.0.1"].map((host) =>
            new Promise((resolve) => {
              const socket = new WebSocket(`ws://${host}:${port}/livestore/websocket?storeId=${id}&payload=%7B%7D`);
              socket.onopen = () => resolve("open");
              socket.onclose = ({ code }) => resolve(code);
            })
          )),
        { port, id },
      );
      assert.deepEqual(ends, [1006, 1006]);
    });

    await t.step(`a page from ${host} cannot create, change or delete a notebook by requests or forms`, async () => {
      const before = await count();
      await page.evaluate(async ({ site, id }) => {
        const send = (path: string, method: string, mode: RequestMode = "no-cors") =>
          fetch(site + path, { method, mode, credentials: "include", body: '{"title":"Mine"}' }).catch(() => {});
        await send("/api/notebooks", "POST");
        await send(`/api/notebooks/${id}/runtime`, "POST");
        await send(`/api/notebooks/${id}`, "DELETE", "cors");
        await send(`/api/notebooks/${id}`, "PATCH", "cors");
      }, { site, id });
      const [sent] = await Promise.all([
        page.waitForResponse((response) => response.url() === `${site}/api/notebooks`),
        page.evaluate((site) => {
          const form = document.createElement("form");
          Object.assign(form, { method: "POST", action: `${site}/api/notebooks`, enctype: "text/plain" });
          document.body.append(form);
          form.submit();
        }, site),
      ]);
      assert.equal(sent.status(), 403);
      await page.waitForURL(`${site}/api/notebooks`);
      assert.equal(await count(), before);
      await page.goto(`http://${host}:${other.port}`);
    });

    await t.step(`a page from ${host} cannot frame a notebook or access a window with it`, async () => {
      const [framed] = await Promise.all([
        page.waitForResponse((response) => response.url() === site + pathname),
        page.evaluate((address) => {
          const frame = document.createElement("iframe");
          frame.src = address;
          document.body.append(frame);
        }, site + pathname),
      ]);
      assert.equal(framed.status(), 403);
      await page.evaluate(
        (address) => Object.assign(globalThis, { opened: globalThis.open(address) }),
        site + pathname,
      );
      await page.waitForFunction(() => (globalThis as unknown as { opened: Window }).opened.closed);
    });
    await page.close();
  }

  await t.step("the notebook's own page still works, and the model has received no request", async () => {
    assert.equal(model.requests.length, 0);
    await own.locator(".chip[data-kind=ready]").waitFor();
  });
});
