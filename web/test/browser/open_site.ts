/**
 * A notebook site and a real Chromium before it; what goes wrong on a page unseen is kept.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { chromiumNote, hasChromium, startBrowser } from "./chromium.ts";
import type { Script, ScriptedModelServer } from "../../../test/support/scripted_model_server.ts";
import { startTestSite, type TestSite, type TestSiteOptions } from "../server/test_site.ts";

/** How long anything on a page may take, in milliseconds: far longer than it does. */
export const PATIENCE_MS = 60_000;

/** A site, and the browser before it. */
export interface OpenSite extends AsyncDisposable {
  readonly site: TestSite;
  readonly browser: Browser;
  readonly context: BrowserContext;
  /** What pages have complained of, uncaught or on their consoles; take out what a test expects. */
  readonly faults: string[];
  /** Opens another tab. */
  open(path?: string): Promise<Page>;
  /** Opens another tab on a new notebook, with the cursor in its one cell. */
  openNew(): Promise<Page>;
}

/** How the two are started. */
export interface OpenSiteOptions extends TestSiteOptions {
  /** The flags of the browser. */
  flags?: readonly string[];
}

/** Starts both. */
export async function openSite(options: OpenSiteOptions = {}): Promise<OpenSite> {
  await using started = new AsyncDisposableStack();
  const site = started.use(await startTestSite(options));
  const browser = await startBrowser(options.flags);
  started.defer(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(String(error.error().stack)));
  context.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  context.on("dialog", (dialog) => void dialog.accept());
  const running = started.move();
  const open = async (path = "/") => {
    const page = await context.newPage();
    await page.goto(site.addressOf(path));
    return page;
  };
  return {
    site,
    browser,
    context,
    faults,
    open,
    async openNew() {
      const page = await open();
      await page.getByRole("button", { name: "New notebook" }).click();
      await page.locator(".cell.code .cm-focused").waitFor();
      await page.locator(".chip[data-kind=ready]").waitFor();
      return page;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Makes a test that needs a Chromium: it is ignored where there is none, and its name says so then. */
export function browserTest(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  Deno.test({ name: `${name}${chromiumNote}`, ignore: !hasChromium, fn });
}

/** The environment of a site whose model is scripted. */
export const modelFrom = ({ baseUrl }: ScriptedModelServer) => ({
  OPENAI_API_KEY: "key",
  OPENAI_BASE_URL: baseUrl,
  AIPYTHON_MODEL: "scripted",
});

/** Answers each request by what stands in the cell that it asks for. */
export function answersByCode(scripts: Record<string, Script | (() => Script)>, otherwise: Script) {
  // deno-lint-ignore no-explicit-any -- a request's body is whatever was sent
  return ({ body }: { body: any }): Script => {
    const asked = JSON.stringify(body.messages.at(-1));
    const script = Object.entries(scripts).find(([code]) => asked.includes(code))?.[1] ?? otherwise;
    return typeof script === "function" ? script() : script;
  };
}

/** A cell, by its number from 1. */
export const cellOf = (page: Page, number: number) => page.locator(".cell").nth(number - 1);

/** Types code into the cell that is edited, all at once, and runs it with Shift+Enter. */
export async function run(page: Page, code: string): Promise<void> {
  await page.keyboard.insertText(code);
  await page.keyboard.press("Shift+Enter");
}

/** Waits until a cell's prompt reads so. */
export async function promptIs(page: Page, number: number, pattern: RegExp): Promise<void> {
  await cellOf(page, number).locator(".cell-prompt").filter({ hasText: pattern }).waitFor();
}

/** A figure in its frame, by its description. */
export const figureIn = (page: Page, description: string) =>
  page.frameLocator(`iframe[title=${JSON.stringify(description)}]`).locator("svg");

/** The width and height that something is drawn in, in whole CSS pixels. */
export async function sizeOf(element: Locator): Promise<[width: number, height: number]> {
  const { width, height } = (await element.boundingBox())!;
  return [Math.round(width), Math.round(height)];
}

/** The texts of all cells, as their editors show them. */
export async function sources(page: Page): Promise<string[]> {
  return await page.locator(".cell").evaluateAll((cells) =>
    cells.map((cell) =>
      (cell.querySelector<HTMLElement>(".cm-content") ?? cell.querySelector<HTMLElement>(".rendered"))!.innerText.trim()
    )
  );
}

/** Fails if a page has complained. */
export function noFaults({ faults }: OpenSite): void {
  assert.deepEqual(faults, []);
}
