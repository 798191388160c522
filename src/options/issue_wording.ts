/**
 * Writes the messages about missing or wrong settings: the problem, the expected value, and every way to set it.
 *
 * @module
 */

import type { OptionEntry } from "./option_entry.ts";
import { optionTable } from "./option_table.ts";
import { describeOrigin, type SettingOrigin } from "./setting_origin.ts";
import type { AnySettings } from "./settings.ts";

/** The reader of a message: a user of the command line, or the author of a program. */
export type Wording = "command" | "library";

/** The maximum length of a value in a message, in characters. */
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

/** Says that a setting's value is wrong. Shows the value if it is not a secret. */
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

/** Says that a program's value is wrong for an option that is not a setting. */
export function describeWrongObject(name: string, value: unknown, expected: string): string {
  return `wrong option ${name} ${showValue(value)}: expected ${expected}`;
}

/** Says that a program's options are not an object. Does not show a string, because it may be a key. */
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
  return `insecure ${label} ${protocol}//${host}: others on the network can read the secrets that are sent there, ` +
    `because ${protocol}// does not encrypt; give one that begins with ${secure}, or ${allow} for a server in a network ` +
    "that you trust, such as your own";
}

/** Says that a limit in dollars needs a price. */
export function describeUnpriced({ model, baseUrl }: { model: string; baseUrl: string }, wording: Wording): string {
  const { label, flag, environment } = optionTable.maxCostPerSession;
  return `missing price: the ${label} (--${flag}, ${environment[0]}) is in dollars, but the price of ${model} at ` +
    `${new URL(baseUrl).host} is not known; ${describeWays("price", wording)} to the price of a million tokens, ` +
    "as in 0.15,0.075,0.60";
}

/** Says that a runtime needs a fixed id, by which it is recognized after a restart. */
export function describeNameless(wording: Wording): string {
  const { flag, environment } = optionTable.takeBack;
  const given = wording === "command" ? `--no-${flag}` : "takeBack: false";
  return `missing runtime id: ${given} (${environment[0]}=false) needs a fixed one, by which this runtime finds out ` +
    `whether it has served the notebook before; ${describeWays("runtimeId", wording)}`;
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
