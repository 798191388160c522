/**
 * Links in outputs and Markdown cells: they open new tabs or stay in the page, and never replace an output.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, display, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, openSite, run } from "./open_site.ts";

/** Starts a server of another site that records the `Referer` of each request. */
function startElsewhere() {
  const referers: (string | null)[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url, headers }) => {
    if (new URL(url).pathname === "/") referers.push(headers.get("referer"));
    return new Response("<title>Elsewhere</title>elsewhere", { headers: { "content-type": "text/html" } });
  });
  return { url: `http://127.0.0.1:${server.addr.port}/`, referers, [Symbol.asyncDispose]: () => server.shutdown() };
}

/** Links that open a tab when their text `go` is clicked, by kind. */
const links = (url: string): Record<string, string> => ({
  "without a target": `<a href="${url}">go</a>`,
  "with the target _self": `<a href="${url}" target="_self">go</a>`,
  "with the target _top": `<a href="${url}" target="_top">go</a>`,
  "with a base element": `<base href="${url}" target="_self"><a href="${url}">go</a>`,
  "in an SVG figure": `<svg width="100" height="30"><a href="${url}"><text y="20">go</text></a></svg>`,
  "in an SVG with xlink:href": `<svg width="100" height="30"><a xlink:href="${url}"><text y="20">go</text></a></svg>`,
  "in a shadow root":
    `<div id=h></div><script>h.attachShadow({ mode: "open" }).innerHTML = '<a href="${url}">go</a>';</script>`,
});

/** HTML that would navigate away from an output, by itself or when `go` is clicked. */
const destroyers = (url: string): Record<string, string> => ({
  "a link with a script URL": `<a href="javascript:'gone'">go</a>`,
  "a form": `<form action="${url}"><button>go</button></form>`,
  "a form that a script submits": `<form id=f action="${url}"></form><button onclick="f.submit()">go</button>`,
  "a refresh element": `<meta http-equiv="refresh" content="0;url=${url}"><span>go</span>`,
  "a script that sets the location": `<button onclick="location = '${url}'">go</button>`,
  "a script that opens about:blank": `<button onclick="location = 'about:blank'">go</button>`,
  "a script that reloads the frame repeatedly": `<span>go</span><script>location.reload()</script>`,
  "a refresh element that a script adds":
    `<span>go</span><script>const m = document.createElement("meta"); m.httpEquiv = "refresh"; ` +
    `m.content = "0;url=${url}"; document.head.append(m);</script>`,
});

const opened = (page: Page) => page.context().waitForEvent("page");

browserTest("links in outputs", async (t) => {
  await using elsewhere = startElsewhere();
  const all = { ...links(elsewhere.url), ...destroyers(elsewhere.url) };
  const html = (code: string) => answer(display({ "text/html": `<p>kept</p>${code}`, "text/plain": "plain" }));
  const asks = (name: string) => `${name.replaceAll(/\W+/g, "_")}()`;
  const scripts = {
    ...Object.fromEntries(Object.entries(all).map(([name, code]) => [asks(name), html(code)])),
    "opens_by_itself()": html(
      `<script>for (const n of [1, 2]) { open("${elsewhere.url}"); document.createElement("a").click(); }</script>`,
    ),
    "inner()": html(`<a href="#there">go</a><p style="height: 300px"></p><p id=there>there</p>`),
  };
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.openNew();
  let cells = 0;
  const show = async (code: string) => {
    await page.locator(".cell").last().locator(".cm-content").click();
    await run(page, code);
    const cell = cellOf(page, ++cells);
    await cell.frameLocator("iframe").getByText("kept").waitFor();
    // The page ignores a press in a frame for 300 ms after a key. The output may arrive sooner.
    await page.waitForTimeout(400);
    return cell;
  };
  const isKept = async (cell: ReturnType<typeof cellOf>) => {
    await cell.frameLocator("iframe").getByText("kept").waitFor();
    await cell.frameLocator("iframe").getByText("go", { exact: true }).first().waitFor();
  };

  for (const name of Object.keys(links(""))) {
    await t.step(`a link ${name} opens a new tab`, async () => {
      const cell = await show(asks(name));
      const tab = opened(page);
      await cell.frameLocator("iframe").getByText("go", { exact: true }).click();
      const other = await tab;
      await other.waitForURL(elsewhere.url);
      assert.equal(await other.evaluate(() => opener), null);
      assert.equal(elsewhere.referers.at(-1), null);
      await other.close();
      await isKept(cell);
      assert.equal(page.context().pages().length, 1);
    });
  }

  await t.step("a link opens a new tab by keyboard", async () => {
    const [first] = [cellOf(page, 1)];
    await first.frameLocator("iframe").getByText("go", { exact: true }).click({ button: "right" });
    const tab = opened(page);
    await first.frameLocator("iframe").getByText("go", { exact: true }).press("Enter");
    await (await tab).close();
    await isKept(first);
  });

  for (const name of Object.keys(destroyers(""))) {
    await t.step(`an output stays in place despite ${name}`, async () => {
      const cell = await show(asks(name));
      const pressed = cell.frameLocator("iframe").getByText("go", { exact: true });
      await pressed.click();
      // A frame that has navigated away is rendered again. Other frames are still there.
      await page.waitForTimeout(500);
      await isKept(cell);
      assert.equal(page.context().pages().length, 1);
    });
  }

  await t.step("a link opens no tab without a click", async () => {
    await show("opens_by_itself()");
    assert.equal(page.context().pages().length, 1);
  });

  await t.step("a link to a place in its own output stays in the output", async () => {
    const cell = await show("inner()");
    await cell.frameLocator("iframe").getByText("go", { exact: true }).click();
    await isKept(cell);
    assert.equal(page.context().pages().length, 1);
  });
});
