/**
 * A real Chromium, controlled by Playwright.
 *
 * @module
 */

import { type Browser, chromium } from "playwright-core";

/** The usual paths. `CHROMIUM_PATH` overrides them. Browsers downloaded by Playwright are not used. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Flags to run without a screen, without Chromium's sandbox and without background requests. */
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

/** Whether Chromium is installed. Tests that need it are ignored otherwise. */
export const hasChromium = path !== undefined;

/** The end of such a test's name if Chromium is missing, so that the reason is visible. */
export const chromiumNote = hasChromium
  ? ""
  : " (ignored: no Chromium found; apt-get install chromium, or set CHROMIUM_PATH)";

/**
 * Starts Chromium with an empty profile. The caller closes it.
 *
 * @param flags further flags
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
