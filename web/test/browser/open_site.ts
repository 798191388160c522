/**
 * A notebook site and a real Chromium. Errors that pages report are collected.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { chromiumNote, hasChromium, startBrowser } from "./chromium.ts";
import type { Script, ScriptedModelServer } from "../../../test/support/scripted_model_server.ts";
import { startTestSite, type TestSite, type TestSiteOptions } from "../server/test_site.ts";

/** The longest time for any action on a page, in milliseconds. It is far more than an action needs. */
export const PATIENCE_MS = 60_000;

/** A site and the browser that shows it. */
export interface OpenSite extends AsyncDisposable {
  readonly site: TestSite;
  readonly browser: Browser;
  readonly context: BrowserContext;
  /** Uncaught errors and console errors of pages. A test removes those that it expects. */
  readonly faults: string[];
  /** Opens another tab. */
  open(path?: string): Promise<Page>;
  /** Opens another tab with a new notebook, and puts the cursor into its cell. */
  openNew(): Promise<Page>;
}

export interface OpenSiteOptions extends TestSiteOptions {
  /** Further flags of the browser. */
  flags?: readonly string[];
}

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

/** Defines a test that needs Chromium. Without Chromium it is ignored, and its name has the reason. */
export function browserTest(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  Deno.test({ name: `${name}${chromiumNote}`, ignore: !hasChromium, fn });
}

/** Returns the environment for a site with a scripted model. */
export const modelFrom = ({ baseUrl }: ScriptedModelServer) => ({
  OPENAI_API_KEY: "key",
  OPENAI_BASE_URL: baseUrl,
  AIPYTHON_MODEL: "scripted",
});

/** Returns a function that answers each request with the script for the code of the requested cell. */
export function answersByCode(scripts: Record<string, Script | (() => Script)>, otherwise: Script) {
  // deno-lint-ignore no-explicit-any -- the body of any request
  return ({ body }: { body: any }): Script => {
    const asked = JSON.stringify(body.messages.at(-1));
    const script = Object.entries(scripts).find(([code]) => asked.includes(code))?.[1] ?? otherwise;
    return typeof script === "function" ? script() : script;
  };
}

/** Returns a cell by its number from 1. */
export const cellOf = (page: Page, number: number) => page.locator(".cell").nth(number - 1);

/** Types code into the cell that is being edited, and runs it with Shift+Enter. */
export async function run(page: Page, code: string): Promise<void> {
  await page.keyboard.insertText(code);
  await page.keyboard.press("Shift+Enter");
}

/** Waits until a cell's prompt matches. */
export async function promptIs(page: Page, number: number, pattern: RegExp): Promise<void> {
  await cellOf(page, number).locator(".cell-prompt").filter({ hasText: pattern }).waitFor();
}

/** Returns a figure in its frame by its description. */
export const figureIn = (page: Page, description: string) =>
  page.frameLocator(`iframe[title=${JSON.stringify(description)}]`).locator("svg");

/** Returns the rendered width and height of an element, in whole CSS pixels. */
export async function sizeOf(element: Locator): Promise<[width: number, height: number]> {
  const { width, height } = (await element.boundingBox())!;
  return [Math.round(width), Math.round(height)];
}

/** Returns the texts in the editors of all cells. */
export async function sources(page: Page): Promise<string[]> {
  return await page.locator(".cell").evaluateAll((cells) =>
    cells.map((cell) =>
      (cell.querySelector<HTMLElement>(".cm-content") ?? cell.querySelector<HTMLElement>(".rendered"))!.innerText.trim()
    )
  );
}

/** Fails if a page has reported an error. */
export function noFaults({ faults }: OpenSite): void {
  assert.deepEqual(faults, []);
}
