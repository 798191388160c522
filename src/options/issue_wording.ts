/**
 * Words the messages about missing or wrong settings: what is wrong, what was expected, and every way to set it.
 *
 * @module
 */

import type { OptionEntry } from "./option_entry.ts";
import { optionTable } from "./option_table.ts";
import { describeOrigin, type SettingOrigin } from "./setting_origin.ts";
import type { AnySettings } from "./settings.ts";

/** Who reads a message: a person at the command line, or one who writes a program. */
export type Wording = "command" | "library";

/** The longest value that a message repeats, in characters. */
const longestShown = 60;

/**
 * Says that a required setting is missing. Only OpenAI's own server requires a key.
 *
 * @param empty the variables that are set for it, but empty
 */
export function describeMissing(name: keyof AnySettings, wording: Wording, empty: readonly string[]): string {
  const found = empty.length === 0
    ? ""
    : `${empty.join(" and ")} ${empty.length === 1 ? "is" : "are"} set, but empty; `;
  const message = `missing ${optionTable[name].label}: ${found}${describeWays(name, wording)}`;
  return name === "apiKey" ? `${message}, or a server that may need none with ${otherServer(wording)}` : message;
}

function otherServer(wording: Wording): string {
  return `${wording === "command" ? describeFlag("baseUrl") : "the option baseUrl"} (${
    optionTable.baseUrl.environment[0]
  })`;
}

/** Says that a setting's value is wrong; shows the value if it is not a secret. */
export function describeWrong(
  name: keyof AnySettings,
  value: unknown,
  origin: SettingOrigin,
  wording: Wording,
): string {
  const { label, kind, secret }: OptionEntry<unknown> = optionTable[name];
  const empty = typeof value === "string" && value.trim() === "";
  const what = empty ? `empty ${label}` : secret ? `wrong ${label}` : `wrong ${label} ${showValue(value)}`;
  return `${what} (from ${describeOrigin(origin)}): expected ${kind.expected}; ${describeWays(name, wording)}`;
}

/** Says that what a program has given for an option that is no setting is wrong. */
export function describeWrongObject(name: string, value: unknown, expected: string): string {
  return `wrong option ${name} ${showValue(value)}: expected ${expected}`;
}

/** Says that what a program has given is no options; a text is not shown, because it may be a key. */
export function describeNoOptions(value: unknown): string {
  const what = typeof value === "string" ? "that are a string" : showValue(value).replace("that is", "that are");
  return `wrong options ${what}: expected an object, as in new AIPythonAgent({ model: "gpt-4o-mini" })`;
}

/** Says that others could read the secrets that are sent to an address. */
export function describeExposed(name: keyof AnySettings, address: string, wording: Wording): string {
  const { label } = optionTable[name];
  const { host, protocol } = new URL(address);
  const secure = protocol === "ws:" ? "wss://" : "https://";
  const allow = `${wording === "command" ? "--insecure" : "insecure: true"} (AIPYTHON_INSECURE=true)`;
  return `insecure ${label} ${protocol}//${host}: whoever is on the way can read the secrets that are sent there, ` +
    `because ${protocol}// does not encrypt; give one that begins with ${secure}, or ${allow} for a server in a network ` +
    "that you trust, such as your own";
}

/** Says that a limit in dollars needs a price. */
export function describeUnpriced({ model, baseUrl }: { model: string; baseUrl: string }, wording: Wording): string {
  const { label, flag, environment } = optionTable.maxCostPerSession;
  return `missing price: the ${label} (--${flag}, ${environment[0]}) is in dollars, and what ${model} at ` +
    `${new URL(baseUrl).host} costs is not known; ${describeWays("price", wording)} to what a million tokens cost, ` +
    "as in 0.15,0.075,0.60";
}

/** Says that a runtime must have a name by which it is known after a restart. */
export function describeNameless(wording: Wording): string {
  const { flag, environment } = optionTable.takeBack;
  const given = wording === "command" ? `--no-${flag}` : "takeBack: false";
  return `missing runtime id: ${given} (${
    environment[0]
  }=false) needs one that stays the same, by which this runtime finds ` +
    `out in the notebook whether it has served it before; ${describeWays("runtimeId", wording)}`;
}

/** Names every way to set an option: `give --notebook ID or set NOTEBOOK_ID`. */
export function describeWays(name: keyof AnySettings, wording: Wording): string {
  const { environment } = optionTable[name];
  const flag = describeFlag(name);
  const give = wording === "command" ? flag : `the option ${name} (flag ${flag})`;
  return `give ${give} or set ${environment.join(" or ")}`;
}

/** Writes an option's flag with its placeholder: `--notebook ID`, `--[no-]include-outputs`. */
export function describeFlag(name: keyof AnySettings): string {
  const { flag, placeholder } = optionTable[name];
  return placeholder === undefined ? `--[no-]${flag}` : `--${flag} ${placeholder}`;
}

/** Shows a value in a message: on one line, shortened, and without the credentials of an address. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return "that is a list";
  if (typeof value === "function") return "that is a function";
  if (typeof value === "object" && value !== null) return "that is an object";
  if (typeof value !== "string") return String(value);
  const bare = value.trim().replace(/\/\/[^/?#]*@/, "//").replace(/\?.*$/s, "?...");
  return JSON.stringify(bare.length > longestShown ? `${bare.slice(0, longestShown)}...` : bare);
}
