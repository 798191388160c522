/**
 * Writes the page with the help of every command.
 *
 * @module
 */

import { commands } from "../../src/cli/commands.ts";
import { formatHelp } from "../../src/cli/help.ts";

export function commandsPage(): string {
  return [
    "# What does each command take?",
    "",
    "This is what `aipython COMMAND --help` prints. [Which options are there?](options.md) has the same options as one table.",
    "",
    ...commands.flatMap((command) => [
      `## ${["aipython", command.name].join(" ").trim()}`,
      "",
      "```text",
      formatHelp(command).trimEnd(),
      "```",
      "",
    ]),
  ].join("\n");
}
