/**
 * The pages of `docs/` that are generated.
 *
 * @module
 */

import { commandsPage } from "./commands_page.ts";
import { eventsPage } from "./events_page.ts";
import { optionsPage } from "./options_page.ts";

const folder = new URL("../", import.meta.url);

/** The generator of each page, by its file name. */
const writers: Record<string, () => string> = {
  "options.md": optionsPage,
  "commands.md": commandsPage,
  "events.md": eventsPage,
};

export interface GeneratedPage {
  file: URL;
  /** Markdown, formatted as `deno fmt` formats it. */
  text: string;
}

export function generatePages(): Promise<GeneratedPage[]> {
  return Promise.all(
    Object.entries(writers).map(async ([name, write]) => ({
      file: new URL(name, folder),
      text: await formatted(write()),
    })),
  );
}

async function formatted(markdown: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext", "md", "-"],
    cwd: folder,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(markdown));
  await writer.close();
  const { success, stdout } = await output;
  if (!success) throw new Error("deno fmt does not format a generated page");
  return new TextDecoder().decode(stdout);
}
