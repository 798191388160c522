/**
 * The page's screenshots: those in the README, and those that a test compares.
 *
 * They should be identical on every machine. So the fonts are included, and texts that vary between runs are replaced by fixed texts.
 *
 * @module
 */

import type { Frame, Page } from "playwright-core";
import { fileURLToPath } from "node:url";
import { type OpenSite, openSite } from "./open_site.ts";

/** The folder of the screenshots, named `NAME.png`. */
export const SCREENSHOTS = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));

/** The window sizes and themes. */
const WIDE = { size: { width: 1440, height: 900 }, colorScheme: "light" } as const;
const DIALOG = { size: { width: 960, height: 760 }, colorScheme: "light" } as const;
const NARROW = { size: { width: 360, height: 740 }, colorScheme: "dark" } as const;

/** Flags that make letters independent of the machine's font settings. */
export const FLAGS = [
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--force-color-profile=srgb",
  "--hide-scrollbars",
];

/** Prepares a scene on the page. */
type Scene = (page: Page) => Promise<void>;

/** The screenshots by name, with their scenes. */
const scenes: readonly { name: string; window: typeof WIDE | typeof DIALOG | typeof NARROW; scene: Scene }[] = [
  { name: "home-wide-light", window: WIDE, scene: showHome },
  { name: "home-narrow-dark", window: NARROW, scene: showHome },
  { name: "notebook-wide-light", window: WIDE, scene: (page) => showTour(page, "Rich output") },
  { name: "notebook-narrow-dark", window: NARROW, scene: (page) => showTour(page) },
  { name: "settings", window: DIALOG, scene: showSettings },
  { name: "request-and-reply", window: DIALOG, scene: showTrace },
];

/** A screenshot as PNG. */
export interface Screenshot {
  name: string;
  png: Uint8Array;
  /** The same scene with the added style. */
  styled?: Uint8Array;
}

/** Starts a site with the offline model and a browser. */
export async function openStudio(): Promise<OpenSite> {
  const open = await openSite({ flags: FLAGS });
  const page = await open.open();
  for (const title of ["A year of swifts: a data story", "A tour of AIPython"]) {
    await page.goto(open.site.url);
    await page.locator(".gallery").getByRole("button", { name: title }).click();
    await page.locator(".chip[data-kind=ready]").waitFor();
  }
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator(".cell.error", { hasText: "ValueError" }).waitFor();
  await page.close();
  return open;
}

/**
 * Takes all screenshots.
 *
 * @param css a style; each screenshot is taken again with it
 */
export async function takeScreenshots(open: OpenSite, css?: string): Promise<Screenshot[]> {
  const screenshots: Screenshot[] = [];
  for (const { name, window, scene } of scenes) {
    const page = await open.open();
    await page.setViewportSize(window.size);
    await page.emulateMedia({ colorScheme: window.colorScheme, reducedMotion: "reduce" });
    await scene(page);
    await page.addStyleTag({ content: await fontsFor(":root { --sans: Sans; --mono: Mono }") });
    for (const frame of page.frames().slice(1)) await letterFrame(frame);
    await page.evaluate(() => document.fonts.ready);
    await settle(page);
    const png = await page.screenshot({ animations: "disabled" });
    if (css !== undefined) await page.addStyleTag({ content: css });
    const styled = css === undefined ? undefined : await page.screenshot({ animations: "disabled" });
    screenshots.push({ name, png, styled });
    await page.close();
  }
  return screenshots;
}

async function showHome(page: Page): Promise<void> {
  await page.locator(".notebooks li").nth(1).waitFor();
  await page.locator(".gallery li").nth(3).waitFor();
}

/** Shows the tour from a heading or, by default, from its beginning. */
async function showTour(page: Page, heading?: string): Promise<void> {
  await page.getByRole("link", { name: "A tour of AIPython" }).click();
  await page.locator(".cell.error", { hasText: "ValueError" }).waitFor();
  await page.locator(".chip .tokens").waitFor();
  await page.mouse.move(0, 0);
  if (heading === undefined) return;
  const cell = page.locator(".cell", { has: page.getByRole("heading", { name: heading }) });
  await cell.focus();
  await cell.evaluate((element) => element.scrollIntoView({ block: "start" }));
}

async function showSettings(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("dialog", { name: "Settings of the model" }).getByText("an offline stand-in answers").waitFor();
}

/** Opens the requests and answers of the first code cell. */
async function showTrace(page: Page): Promise<void> {
  await showTour(page);
  await page.locator(".cell.code").first().focus();
  await page.keyboard.press("t");
  await page.getByRole("dialog").locator(".trace-tokens").waitFor();
}

async function letterFrame(frame: Frame): Promise<void> {
  await (await frame.frameElement()).waitForElementState("visible");
  await frame.addStyleTag({ content: await fontsFor(":root { font-family: Sans !important }") });
  await frame.evaluate(() => document.fonts.ready);
}

/** Replaces texts that vary between runs by fixed texts, and waits until the page no longer changes. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const fix = (selector: string, text: string) => {
      for (const element of document.querySelectorAll(selector)) element.textContent = text;
    };
    fix(".elapsed", "0.1 s");
    fix(".chip .tokens", "53.2k tokens");
    fix(".notebooks time", "just now");
    for (const element of document.querySelectorAll(".trace .trace-sum, .trace td")) {
      const text = element.textContent!.replace(/[\d/]+, [\d:]+ [AP]M/, "today").replace(/[\d.]+ s\b/g, "0.1 s");
      if (text !== element.textContent) element.textContent = text;
    }
    (document.activeElement as HTMLElement | null)?.blur();
    const pictures = [...document.images].map((image) => image.decode());
    await Promise.all(pictures);
    let before = "";
    // Frames report their height a moment after they are rendered.
    for (let same = 0; same < 3;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = `${document.documentElement.scrollHeight} ${scrollY}`;
      same = now === before ? same + 1 : 0;
      before = now;
    }
  });
}

let fonts: Promise<string> | undefined;

/** Returns the fonts as a style, with a rule that uses them. */
export async function fontsFor(rule: string): Promise<string> {
  fonts ??= Promise.all([
    fontFace("Sans", "dejavu-sans", 400),
    fontFace("Sans", "dejavu-sans", 700),
    fontFace("Mono", "dejavu-mono", 400),
    fontFace("Mono", "dejavu-mono", 700),
  ]).then((faces) => faces.join("\n"));
  return `${await fonts}\n${rule}\n`;
}

async function fontFace(family: string, name: string, weight: 400 | 700): Promise<string> {
  const file = import.meta.resolve(`@fontsource/${name}/files/${name}-latin-${weight}-normal.woff2`);
  const data = (await Deno.readFile(new URL(file))).toBase64();
  return `@font-face { font-family: ${family}; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) }`;
}
