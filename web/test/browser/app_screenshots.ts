/**
 * Takes screenshots of pictures in the notebook app, as its stand-in renders them.
 *
 * @module
 */

import type { Frame, Locator, Page } from "playwright-core";
import { openApp } from "./open_app.ts";
import { FLAGS, fontsFor, type Screenshot } from "./screenshots.ts";

/** The names of the cells, by screenshot. */
const CELLS = {
  "app-figure": "a figure of 24 KB",
  "app-figure-uploaded": "a figure of 300 KB",
  "app-picture-error": "a large PNG beside an error",
  "app-picture-table": "a large JPEG beside HTML",
};

/**
 * Takes all screenshots.
 *
 * @param css a style; each screenshot is taken again with it
 */
export async function takeAppScreenshots(css?: string): Promise<Screenshot[]> {
  await using open = await openApp(FLAGS);
  const { page } = open;
  const fonts = await fontsFor("body { font-family: Sans !important } pre { font-family: Mono !important }");
  await page.addStyleTag({ content: fonts });
  for (const name of Object.values(CELLS)) {
    await open.drawn(name);
    const frame = await open.host(name);
    await frame.addStyleTag({ content: fonts });
    // A frame outside the window is not laid out.
    await open.cell(name).scrollIntoViewIfNeeded();
    await fit(page, frame);
  }
  const taken: Screenshot[] = [];
  const take = (name: string) => takeWhenStill(open.cell(name));
  for (const [name, cell] of Object.entries(CELLS)) taken.push({ name, png: await take(cell) });
  if (css === undefined) return taken;
  await page.addStyleTag({ content: css });
  const styled: Screenshot[] = [];
  for (const [index, cell] of Object.values(CELLS).entries()) {
    styled.push({ ...taken[index], styled: await take(cell) });
  }
  return styled;
}

/**
 * Takes screenshots of a cell until two are equal. The first one is ignored, because a large SVG is drawn a moment after it was loaded.
 */
async function takeWhenStill(cell: Locator): Promise<Uint8Array> {
  const take = () => cell.screenshot({ animations: "disabled" });
  await take();
  for (let [before, now] = [await take(), await take()];; [before, now] = [now, await take()]) {
    if (before.equals(now)) return now;
  }
}

/** Waits until a frame is as tall as its content. */
async function fit(page: Page, frame: Frame): Promise<void> {
  const height = await frame.evaluate(async () => {
    await document.fonts.ready;
    return document.body.scrollHeight;
  });
  const element = await frame.frameElement();
  await page.waitForFunction(
    ([element, height]) => (element as Element).getAttribute("height") === height,
    [
      element,
      String(height),
    ] as const,
  );
}
