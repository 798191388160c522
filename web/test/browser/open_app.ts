/**
 * A notebook whose cells an agent has run, rendered by the notebook app's stand-in in a real Chromium.
 *
 * @module
 */

import type { Browser, Frame, Locator, Page } from "playwright-core";
import { tables } from "../../../src/notebook/schema/mod.ts";
import type { AppCell } from "../../../stack/notebook_app/app_cell.ts";
import { type NotebookApp, startNotebookApp } from "../../../stack/notebook_app/start.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { attach } from "../../../test/support/attached.ts";
import type { NotebookClient } from "../../../test/support/notebook_client.ts";
import { answer } from "../../../test/support/scripted_answer.ts";
import { type AppCase, appCases, type Pictures } from "./app_cells.ts";
import { startBrowser } from "./chromium.ts";
import { answersByCode } from "./open_site.ts";

/** The visible parts of a cell. */
export interface DrawnCell {
  place: string;
  text: string;
  pictures: DrawnPicture[];
}

/** A picture, loaded or broken. */
export interface DrawnPicture {
  /** In pixels. 0 if the picture is not loaded. */
  width: number;
  height: number;
  src?: string;
}

/** The app with all its cells. */
export interface OpenApp extends AsyncDisposable {
  readonly app: NotebookApp;
  readonly page: Page;
  readonly cases: Readonly<Record<string, AppCase>>;
  /** Returns the element of a cell by its name. */
  cell(name: string): Locator;
  /** Returns the document in which a cell's outputs are rendered. */
  host(name: string): Promise<Frame>;
  /** Returns the visible parts of a cell when all its pictures are loaded or broken. */
  drawn(name: string): Promise<DrawnCell>;
}

/**
 * Runs all cells and opens the page.
 *
 * @param flags further flags of the browser
 */
export async function openApp(flags: readonly string[] = []): Promise<OpenApp> {
  await using started = new AsyncDisposableStack();
  const browser = await startBrowser(flags);
  started.defer(() => browser.close());
  const cases = appCases(await drawPictures(browser));
  const server = started.use(await startSyncServer());
  const codes = Object.fromEntries(Object.keys(cases).map((name) => [name, `show('${name}')`]));
  const scripts = Object.entries(cases).map(([name, { calls }]) => [codes[name], answer(...calls)]);
  const attached = started.use(
    await attach(server, answersByCode(Object.fromEntries(scripts), answer()), {
      stopOnError: false,
    }),
  );
  const ids = await runAll(attached.person, codes, cases);
  const cells = () => Object.values(ids).map((id) => cellOf(attached.person, id));
  const app = started.use(startNotebookApp({ apiUrl: server.apiUrl, cells }));
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  await page.goto(app.pageUrl);
  await page.locator("body[data-drawn]").waitFor();
  const running = started.move();
  const cell = (name: string) => page.locator(`section[data-cell="${ids[name]}"]`);
  const placeOf = async (name: string) => (await cell(name).getAttribute("data-drawn-in"))!;
  const host = async (name: string) => {
    const frame = await placeOf(name) === "frame" ? await frameOf(cell(name)) : page.mainFrame();
    await frame.locator("body[data-drawn]").waitFor();
    return frame;
  };
  return {
    app,
    page,
    cases,
    cell,
    host,
    async drawn(name) {
      const place = await placeOf(name);
      const outputs = place === "frame" ? "body" : `section[data-cell="${ids[name]}"] > div`;
      return { place, ...await readOutputs(await host(name), outputs) };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Adds a cell for each code, runs all cells, and waits until they have ended. */
async function runAll(
  person: NotebookClient,
  codes: Record<string, string>,
  cases: Record<string, AppCase>,
): Promise<Record<string, string>> {
  const ids = Object.fromEntries(
    Object.entries(codes).map(([name, code]) => [name, person.addCell(code, cases[name].cellType)]),
  );
  for (const request of person.runAll(Object.values(ids))) await person.requestIs(request, "completed", "failed");
  return ids;
}

function cellOf({ store }: NotebookClient, id: string): AppCell {
  const [source] = store.query(tables.cells.select("source").where({ id }));
  const outputs = store.query(tables.outputs.where({ cellId: id }).orderBy("position", "asc"));
  return { id, source, outputs: outputs as unknown as AppCell["outputs"], deltas: store.query(tables.outputDeltas) };
}

/** Returns the frame of a cell when it has started to load. */
async function frameOf(cell: Locator): Promise<Frame> {
  const element = await cell.locator("iframe").elementHandle();
  return (await element!.contentFrame())!;
}

async function readOutputs(host: Frame, selector: string): Promise<Omit<DrawnCell, "place">> {
  return await host.locator(selector).first().evaluate(async (outputs) => {
    const images = [...outputs.querySelectorAll("img")];
    await Promise.allSettled(images.map((image) => image.decode()));
    const drawings = [...outputs.querySelectorAll("svg")].map((svg) => {
      const { width, height } = svg.getBoundingClientRect();
      return { width, height };
    });
    const loaded = images.map(({ naturalWidth, naturalHeight, src }) => {
      return { width: naturalWidth, height: naturalHeight, src: src.slice(0, 100) };
    });
    return { text: (outputs as HTMLElement).innerText, pictures: [...loaded, ...drawings] };
  });
}

/** Makes pictures of noise, which no format can compress. */
async function drawPictures(browser: Browser): Promise<Pictures> {
  const page = await browser.newPage();
  const pictures = await page.evaluate(() => {
    const draw = (size: number, mimeType: string) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = size;
      const context = canvas.getContext("2d")!;
      let seed = 1;
      const noise = () => (seed = seed * 16_807 % 2_147_483_647) % 256;
      for (let at = 0; at < size * size; at++) {
        context.fillStyle = `rgb(${noise()} ${noise()} ${noise()})`;
        context.fillRect(at % size, Math.floor(at / size), 1, 1);
      }
      return canvas.toDataURL(mimeType).replace(/^.*,/, "");
    };
    const [png, jpeg] = ["image/png", "image/jpeg"];
    return { smallPng: draw(16, png), largePng: draw(120, png), smallJpeg: draw(16, jpeg), largeJpeg: draw(160, jpeg) };
  });
  await page.close();
  return pictures;
}
