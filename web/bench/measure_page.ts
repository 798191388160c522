/**
 * Types into a long notebook and measures the delays that a person would notice.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { silentLogger } from "../../src/logger.ts";
import { NotebookStore } from "../../src/notebook/notebook_store.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { successiveKeys } from "../page/store/position_between.ts";
import { openSite } from "../test/browser/open_site.ts";

const LETTERS = 200;

/** The pause of a quick typist between two letters. */
const PAUSE_MS = 70;

export interface MeasuredPage {
  /** The time from each key press until the screen shows its letter. */
  latenciesMs: number[];
  /** The decompressed size of all that a browser loads to open a notebook, in bytes. */
  bytes: number;
}

export async function measurePage(cells: number): Promise<MeasuredPage> {
  await using open = await openSite();
  const first = await open.openNew();
  const { pathname } = new URL(first.url());
  const dataDir = open.site.dataDir;
  const person = await NotebookStore.open({
    notebookId: pathname.split("/")[2],
    clientId: "bench",
    syncUrl: open.site.syncUrl,
    payload: { authToken: await Deno.readTextFile(`${dataDir}/sync_token`) },
    logger: silentLogger,
  }, AbortSignal.timeout(30_000));
  fill(person, cells);
  await person.settled();
  await person.close();
  await first.close();

  const page = await open.open(pathname);
  await page.locator(".cell").nth(cells - 1).waitFor();
  return { bytes: await loadedBytes(page), latenciesMs: await typeLetters(page, Math.floor(cells / 2)) };
}

/** Adds cells of ten lines each below the existing one. */
function fill(person: NotebookStore, cells: number): void {
  const keys = successiveKeys(cells);
  for (let number = 1; number < cells; number++) {
    const id = `cell-${number}`;
    const source = Array.from({ length: 10 }, (_, line) => `value_${number}_${line} = sum(range(${number}))`).join(
      "\n",
    );
    person.commit(
      events.cellCreated2({ id, fractionalIndex: keys[number], cellType: "code", createdBy: "bench" }),
      events.cellSourceChanged({ id, source, modifiedBy: "bench" }),
    );
  }
}

function loadedBytes(page: Page): Promise<number> {
  return page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
      .map((entry) => (entry as PerformanceResourceTiming).decodedBodySize).reduce((sum, size) => sum + size, 0)
  );
}

/** Types into a cell, and measures the time from each key press to the next frame on the screen. */
async function typeLetters(page: Page, cell: number): Promise<number[]> {
  await page.locator(".cell").nth(cell).locator(".cm-content").click();
  await page.keyboard.press("End");
  await page.evaluate(() => {
    const latencies: number[] = [];
    Object.assign(globalThis, { latencies });
    addEventListener("keydown", ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => latencies.push(performance.now() - timeStamp);
        port2.postMessage(undefined);
      });
    }, { capture: true });
  });
  await page.keyboard.type("letters ".repeat(LETTERS / 8), { delay: PAUSE_MS });
  return await page.evaluate(() => (globalThis as unknown as { latencies: number[] }).latencies);
}
