/**
 * The command `deno task screenshots`: compares or updates the page's screenshots.
 *
 * @module
 */

import { join } from "node:path";
import { createDenoHost } from "../../../src/cli/host/deno_host.ts";
import { takeAppScreenshots } from "./app_screenshots.ts";
import { hasChromium } from "./chromium.ts";
import { hasJupyterLab } from "./jupyterlab.ts";
import { takeJupyterLabScreenshot } from "./jupyterlab_screenshot.ts";
import { comparePictures, shrinkPicture } from "./picture.ts";
import { openStudio, SCREENSHOTS, takeScreenshots } from "./screenshots.ts";

const usage = `Usage: deno task screenshots [--update]

Takes the README's screenshots of the notebook page and the test's screenshots of
outputs in the notebook app (app-*) with Chromium, and reports how far they
differ from those in docs/screenshots/. If JupyterLab is installed, or JUPYTERLAB
has its command, its screenshot (jupyterlab) is taken, too; its text uses the
machine's fonts.

  --update  replace the stored screenshots
  --help    show this
`;

const host = createDenoHost();

Deno.exit(await main());

async function main(): Promise<number> {
  const unknown = Deno.args.find((argument) => argument !== "--update" && argument !== "--help");
  if (unknown !== undefined) {
    host.writeError(`screenshots: there is no option ${unknown}\nSee deno task screenshots --help.\n`);
    return 2;
  }
  if (Deno.args.includes("--help")) {
    host.writeOutput(usage);
    return 0;
  }
  if (!hasChromium) {
    host.writeError("screenshots: no Chromium found; apt-get install chromium, or set CHROMIUM_PATH\n");
    return 1;
  }
  await using studio = await openStudio();
  const lab = hasJupyterLab ? [await takeJupyterLabScreenshot()] : [];
  for (const { name, png } of [...await takeScreenshots(studio), ...await takeAppScreenshots(), ...lab]) {
    const path = join(SCREENSHOTS, `${name}.png`);
    const old = await Deno.readFile(path).catch(() => undefined);
    const share = old === undefined ? "new" : `${(comparePictures(old, png).share * 100).toFixed(3)} % differ`;
    if (Deno.args.includes("--update")) await Deno.writeFile(path, shrinkPicture(png));
    host.writeOutput(`${name.padEnd(24)}${share}\n`);
  }
  return 0;
}
