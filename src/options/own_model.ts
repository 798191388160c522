/**
 * The settings of an agent whose model is the program's own: it has no server that could be set.
 *
 * @module
 */

import type { ConfigurationIssue } from "../errors.ts";
import type { Model } from "../execution/model.ts";
import type { AIPythonSettings } from "./settings.ts";

/** Stands for the address of a server. Nothing is ever there (RFC 2606), and no key or price is known for it. */
const NO_ADDRESS = "https://own-model.invalid";

/** The settings of a server that stay unset where there is none. */
const unset = ["apiKey", "headers", "organization", "project", "contextLength"] as const;

/** Those that have a value in any case, which is of no meaning then. */
const values = { baseUrl: NO_ADDRESS, api: "auto", firstByteTimeout: 60, stallTimeout: 30 } as const;

/** The settings that are about the server alone. `insecure` is about the notebook's, too. */
const serverNames: readonly (keyof AIPythonSettings)[] = [...unset, ...Object.keys(values) as (keyof typeof values)[]];

/**
 * Leaves the server out of what settings are resolved from: neither options nor variables of a server count.
 *
 * @param model the program's own
 * @param given the options
 * @param names the settings that an agent with a server has
 */
export function withoutServer<Name extends string>(
  model: Model,
  given: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): { given: Record<string, unknown>; names: Name[] } {
  const isSet = (name: string) => !(unset as readonly string[]).includes(name);
  return { given: { ...given, ...values, model: model.name }, names: names.filter(isSet) };
}

/** Finds the options of a model server that were given beside a model of the program's own. */
export function serverIssues(given: Readonly<Record<string, unknown>>): ConfigurationIssue[] {
  return serverNames.filter((name) => given[name] !== undefined).map((name) => ({
    option: name,
    message:
      `${name} makes no sense with a model of your own, which has no server of AIPython's: leave one of them out`,
  }));
}
