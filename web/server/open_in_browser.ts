/**
 * Opens the page in the browser of whoever has started it, as Jupyter does.
 *
 * @module
 */

import type { Environment } from "../../stack/demo/start_model.ts";

/** Opens an address. Where that fails nothing happens: the address has been printed too. */
export function openInBrowser(url: string, os: typeof Deno.build.os, environment: Environment): void {
  const command = browserCommand(os, environment);
  if (command === undefined) return;
  try {
    const opener = new Deno.Command(command[0], {
      args: [...command.slice(1), url],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    opener.spawn().unref();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The command that opens an address on a system; none where nobody sits before a screen of this machine. */
export function browserCommand(os: typeof Deno.build.os, environment: Environment): string[] | undefined {
  if (environment.SSH_CONNECTION) return undefined;
  if (os === "darwin") return ["open"];
  if (os === "windows") return ["rundll32", "url.dll,FileProtocolHandler"];
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}
