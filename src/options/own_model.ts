/**
 * The settings of an agent whose model is the program's own. Such a model has no server to configure.
 *
 * @module
 */

import type { ConfigurationIssue } from "../errors.ts";
import type { Model } from "../execution/model.ts";
import type { AIPythonSettings } from "./settings.ts";

/** Replaces the address of a server. The domain never exists (RFC 2606), so it has no key and no price. */
const NO_ADDRESS = "https://own-model.invalid";

/** The settings of a server that stay unset without a server. */
const unset = ["apiKey", "headers", "organization", "project", "contextLength"] as const;

/** The settings of a server that must have a value. The value has no effect without a server. */
const values = { baseUrl: NO_ADDRESS, api: "auto", firstByteTimeout: 60, stallTimeout: 30 } as const;

/** The settings that are only about the model server. `insecure` also applies to the notebook's server. */
const serverNames: readonly (keyof AIPythonSettings)[] = [...unset, ...Object.keys(values) as (keyof typeof values)[]];

/**
 * Replaces the options of a model server, and removes its other settings, so that options and variables of a server have no effect.
 *
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

/** Finds the options of a model server that a program has set together with its own model. */
export function serverIssues(given: Readonly<Record<string, unknown>>): ConfigurationIssue[] {
  return serverNames.filter((name) => given[name] !== undefined).map((name) => ({
    option: name,
    message: `${name} has no effect with your own model, which does not use a model server: leave out one of the two`,
  }));
}
