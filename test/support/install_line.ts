/**
 * Reads the line of a page that installs the command with `deno install`.
 *
 * @module
 */

/** The arguments of a line for `deno install`. */
export interface InstallLine {
  /** The permissions as flags, such as `--allow-net` and `--allow-env=HOME,TERM`. */
  permissions: readonly string[];
  /** The other words. */
  words: readonly string[];
}

/**
 * Reads the first `deno install --global` in a page's code blocks as a shell does, with quotes, variables and patterns.
 *
 * @param page the page's Markdown
 * @param environment the shell's variables, such as `HOME`
 */
export async function readInstallLine(page: string, environment: Record<string, string> = {}): Promise<InstallLine> {
  const [line] = /^deno install --global(?:.*\\\n)*.*$/m.exec(page) ?? [];
  if (line === undefined) throw new Error("there is no deno install --global at the beginning of a line");
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `deno() { printf '%s\\n' "$@"; }\n${line}`],
    env: environment,
    stdin: "null",
  }).output();
  const all = new TextDecoder().decode(stdout).trimEnd().split("\n");
  const isPermission = (word: string) => /^--(?:allow|ignore|deny)-/.test(word);
  return { permissions: all.filter(isPermission), words: all.filter((word) => !isPermission(word)) };
}
