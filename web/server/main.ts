/**
 * The command `deno task notebook`, also `deno task demo --serve`. It serves notebooks to a browser on this machine until it is
 * stopped.
 *
 * @module
 */

import process from "node:process";
import { createDenoHost } from "../../src/cli/host/deno_host.ts";
import { type Logger, silentLogger } from "../../src/logger.ts";
import { AlreadyServedError } from "./folder_lock.ts";
import { type NotebookFlags, readNotebookFlags } from "./notebook_flags.ts";
import { openInBrowser } from "./open_in_browser.ts";
import { Interruption } from "../../stack/interruption.ts";
import { startNotebookSite } from "./start_notebook_site.ts";

/** The page's default port. It is fixed so that the address can be bookmarked. */
const PORT = 8765;

const usage = `Usage: deno task notebook [--offline] [--no-packages] [--port PORT] [--data-dir DIR]
                          [--no-open] [--no-token] [--env-file PATH]
                          [--base-url URL] [--model NAME] [SETTING ...]

Starts a notebook server, the agent and a page on this machine, opens the page
in the browser, prints its address, and runs until it is interrupted. A real
model answers if a key or a base URL is set, otherwise the offline model. They
are set by flags (those of aipython run for the model, cells and limits), else in
the environment (OPENAI_API_KEY, OPENAI_BASE_URL, AIPYTHON_MODEL, ...), else in
the .env file, else in the page's settings. If the notebooks are already being
served, it prints and opens the address of that page instead, and ends.

The address contains a token, which gives a browser access and is the same at
every start. The folder of the notebooks is for its owner only.

  --offline       use the offline model even if a real one is set up
  --no-packages   do not let it fetch packages that cells import
  --port PORT     the page's port (default: ${PORT}, or a free one)
  --data-dir DIR  where notebooks are kept (default: .cache/notebooks)
  --env-file PATH read this file of NAME=value lines (default: .env)
  --no-open       do not open the browser
  --no-token      let everyone on this machine use the notebooks
  --help          show this

deno task demo --serve does the same.
`;

const host = createDenoHost();

/** Shows the agents' warnings and errors only. */
const complaints: Logger = {
  ...silentLogger,
  warn: (message) => host.writeError(`agent: ${message}\n`),
  error: (message) => host.writeError(`agent: ${message}\n`),
};

/** Shows the packages that the offline model fetches. */
const progress: Logger = {
  ...silentLogger,
  info: (message) => host.writeOutput(`${message}\n`),
  warn: (message) => host.writeError(`notebook: ${message}\n`),
};

if (import.meta.main) Deno.exit(await runNotebooks(Deno.args));

/** @returns the exit code */
export async function runNotebooks(args: string[]): Promise<number> {
  const flags = readNotebookFlags(args, host);
  if (flags instanceof Error) {
    host.writeError(`notebook: ${flags.message}\nSee deno task notebook --help.\n`);
    return 2;
  }
  if (flags.help) {
    host.writeOutput(usage);
    return 0;
  }
  const interruption = new Interruption(host);
  try {
    await serve(flags, interruption.signal);
    return 0;
  } catch (error) {
    if (interruption.exitCode !== undefined) return interruption.exitCode;
    if (error instanceof AlreadyServedError) return showServing(error, flags);
    complain(error as Error);
    return 1;
  }
}

async function serve(flags: NotebookFlags, signal: AbortSignal): Promise<void> {
  // The signal aborts only the start. After that, the sync server must run until the agents have ended their sessions on it.
  const starting = new AbortController();
  const breakOff = () => starting.abort(signal.reason);
  signal.addEventListener("abort", breakOff, { once: true });
  for (const hint of flags.hints) host.writeError(`notebook: ${hint}\n`);
  host.writeOutput("Starting ...\n");
  await using site = await startNotebookSite({
    port: flags.port ?? PORT,
    mayMove: flags.port === undefined,
    dataDir: flags.dataDir,
    ...flags.sources,
    isOffline: flags.offline,
    offline: { packages: flags.packages ? {} : "off", logger: progress },
    onBuild: () => host.writeOutput("Building the page (the first time only) ...\n"),
    isOpen: !flags.token,
    onStorageError: complain,
    logger: complaints,
    signal: starting.signal,
  });
  signal.removeEventListener("abort", breakOff);
  host.writeOutput(
    `\n  Notebooks   ${site.address}\n  Model       ${
      describe(site)
    }\n  Kept in     ${flags.dataDir}\n\nCtrl-C stops it.\n`,
  );
  if (!flags.token) host.writeError("notebook: everyone on this machine can use these notebooks: there is no token\n");
  for (const issue of site.issues) host.writeError(`notebook: ${issue}\n`);
  open(site.address, flags);
  if (!signal.aborted) {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }
  host.writeOutput("\nStopping ...\n");
}

/** Shows the address of the running site, and returns the exit code. */
function showServing({ site: { pid, address } }: AlreadyServedError, flags: NotebookFlags): number {
  host.writeOutput(
    `\nThese notebooks are already being served by process ${pid}, with its own options.\n
  Notebooks   ${address}
  Kept in     ${flags.dataDir}\n`,
  );
  open(address, flags);
  return 0;
}

/** Opens the page in the browser if a person has started the command. */
function open(address: string, flags: NotebookFlags): void {
  if (!flags.open || !Deno.stdout.isTerminal()) return;
  try {
    openInBrowser(address, flags.dataDir, Deno.build.os, process.env);
  } catch (error) {
    complain(error as Error);
  }
}

function complain({ message }: Error): void {
  host.writeError(`notebook: ${message}\n`);
}

function describe({ model, isOffline }: { model: string; isOffline: boolean }): string {
  return isOffline ? "the offline stand-in; set a real one up in the page's settings" : model;
}
