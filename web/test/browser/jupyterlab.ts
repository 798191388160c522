/**
 * A real JupyterLab in Chromium, with a home folder in which `aipython kernel install` has installed a kernel.
 *
 * @module
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { Page } from "playwright-core";
import { type KernelHome, openKernelHome } from "../../../test/cli/kernel/kernel_home.ts";
import { startWatched } from "../../../test/support/watched_process.ts";
import type { WrittenText } from "../../../test/support/written_text.ts";
import { startBrowser } from "./chromium.ts";
import { PATIENCE_MS } from "./open_site.ts";

/** The command that starts JupyterLab, split into words. `JUPYTERLAB` overrides it. */
const [program, ...words] = (Deno.env.get("JUPYTERLAB") ?? "jupyter-lab").trim().split(/\s+/);

/** Whether JupyterLab is installed. Tests that need it are ignored otherwise. */
export const hasJupyterLab = spawnSync(program, [...words, "--version"]).status === 0;

/** The end of such a test's name if JupyterLab is missing. */
export const jupyterLabNote = hasJupyterLab
  ? ""
  : " (ignored: no JupyterLab found; apt-get install jupyterlab, pip install jupyterlab, or set JUPYTERLAB to its command)";

const TOKEN = "t0ken";

/** Settings that turn off dialogs and network requests unrelated to kernels. */
const LAB_SETTINGS: Readonly<Record<string, unknown>> = {
  "apputils-extension/notification": { fetchNews: "false", checkForUpdates: false },
  "docmanager-extension/plugin": { renameUntitledFileOnSave: false, autosave: false },
};

/** JupyterLab and the browser that shows it. */
export interface OpenLab extends AsyncDisposable {
  readonly home: KernelHome;
  /** Opens JupyterLab at its launcher. */
  open(): Promise<Page>;
}

/**
 * Starts JupyterLab and Chromium.
 *
 * @param install returns the arguments of `aipython kernel install` when the home folder exists
 * @param flags further flags for Chromium
 */
export async function openLab(
  install: (home: KernelHome) => Promise<readonly string[]>,
  flags: readonly string[] = [],
): Promise<OpenLab> {
  await using started = new AsyncDisposableStack();
  const home = started.use(await openKernelHome());
  const { code, stderr } = await home.kernel(["install", ...await install(home)]);
  assert.equal(code, 0, stderr);
  const settings = `${home.folder}/settings`;
  for (const [name, value] of Object.entries(LAB_SETTINGS)) {
    const file = `${settings}/@jupyterlab/${name}.jupyterlab-settings`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(file, JSON.stringify(value));
  }
  const server = started.use(new LabServer(home, settings));
  await server.ready();
  const browser = await startBrowser(flags);
  started.defer(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const running = started.move();
  return {
    home,
    async open() {
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${server.port}/lab?token=${TOKEN}`);
      return page;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** JupyterLab's server process. */
class LabServer implements AsyncDisposable {
  readonly port = freePort();
  readonly #process: Deno.ChildProcess;
  readonly #log: WrittenText;

  constructor({ folder, environment }: KernelHome, settings: string) {
    const args = [
      "--no-browser",
      "--ip=127.0.0.1",
      `--port=${this.port}`,
      "--ServerApp.port_retries=0",
      "--allow-root",
    ];
    const { child, written } = startWatched(
      [program, ...words, ...args, `--IdentityProvider.token=${TOKEN}`, `--ServerApp.root_dir=${folder}`],
      { env: { PATH: Deno.env.get("PATH") ?? "", ...environment, JUPYTERLAB_SETTINGS_DIR: settings }, cwd: folder },
    );
    this.#process = child;
    this.#log = written;
  }

  /** Resolves when the server listens. */
  async ready(): Promise<void> {
    await this.#log.until("is running at");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#log.isOpen) this.#process.kill("SIGTERM");
    await this.#process.status;
    await this.#log.ended;
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
