/**
 * Opens the page in the user's browser, as Jupyter does.
 *
 * @module
 */

import { join } from "node:path";
import type { Environment } from "../../stack/demo/start_model.ts";
import { writePrivately } from "./data_folder.ts";

/**
 * Opens an address through a file in the data folder that redirects to it: every user of a machine can read the arguments of a
 * process, and the address contains the token. Does nothing if there is no browser, because the address is also printed.
 *
 * @throws {StorageError} if the file cannot be written
 */
export function openInBrowser(
  address: string,
  folder: string,
  os: typeof Deno.build.os,
  environment: Environment,
): void {
  const command = browserCommand(os, environment);
  if (command === undefined) return;
  try {
    const opener = new Deno.Command(command[0], {
      args: [...command.slice(1), writeOpener(address, folder)],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    opener.spawn().unref();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Writes a file that redirects to an address, and returns the file's path. */
export function writeOpener(address: string, folder: string): string {
  const path = join(folder, "open.html");
  writePrivately(
    path,
    `<!doctype html>
<meta charset="utf-8" />
<meta name="referrer" content="no-referrer" />
<meta http-equiv="refresh" content="0; url=${address}" />
<title>AIPython</title>
<a href="${address}">Open the notebooks</a>
`,
  );
  return path;
}

/** Returns the command that opens a file on a system. `undefined` if nobody uses a screen of this machine. */
export function browserCommand(os: typeof Deno.build.os, environment: Environment): string[] | undefined {
  if (environment.SSH_CONNECTION) return undefined;
  if (os === "darwin") return ["open"];
  if (os === "windows") return ["rundll32", "url.dll,FileProtocolHandler"];
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}
