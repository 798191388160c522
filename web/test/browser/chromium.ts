/**
 * A real Chromium, driven by Playwright.
 *
 * @module
 */

import { type Browser, chromium } from "playwright-core";

/** Where distributions put it; `CHROMIUM_PATH` names another place. Browsers that Playwright would download are not used. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Without a screen, a sandbox of its own, and anything that it would ask the network for by itself. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const path = [Deno.env.get("CHROMIUM_PATH"), ...PLACES].find((path) => path !== undefined && isFile(path));

/** Whether there is a Chromium; tests that need one are ignored otherwise. */
export const hasChromium = path !== undefined;

/** What such a test's name ends with where there is none, so that it is seen why it was ignored. */
export const chromiumNote = hasChromium
  ? ""
  : " (ignored: no Chromium found; apt-get install chromium, or set CHROMIUM_PATH)";

/**
 * Starts Chromium with an empty profile; it is to be closed.
 *
 * @param flags what it is told besides
 */
export async function startBrowser(flags: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({ executablePath: path, args: [...FLAGS, ...flags] });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
