/**
 * The secrets among the settings.
 *
 * @module
 */

import { credentialsOf } from "./address_credentials.ts";
import { commandOptionNames } from "./option_names.ts";
import { optionTable } from "./option_table.ts";
import type { CommandSettings } from "./settings.ts";

/** The parameters of a query that hold secrets, by their names: `key`, `subscription-key`, `sig`. */
const SECRET_PARAMETER = /key|token|secret|sig|pass|auth|code/i;

/** A scheme of authorization, and the secret behind it: `Bearer sk-...`. */
const AUTHORIZATION = /^[A-Za-z]+ +(\S.*)$/;

/** Lists what must never be shown: the values of secret settings, and what the model server's address carries. */
export function secretsOf(settings: Partial<CommandSettings>): string[] {
  const secret = commandOptionNames.filter((name) => optionTable[name].secret);
  return [...secret.flatMap((name) => secretsIn(settings[name])), ...addressSecrets(settings.baseUrl)];
}

/** Lists the secrets in a secret value: of a header, also what stands behind `Bearer`. */
export function secretsIn(value: unknown): string[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.values(value).map(String).flatMap((text) => [text, ...AUTHORIZATION.exec(text)?.slice(1) ?? []]);
}

/** Lists the password of an address, or a user without one, how `Authorization: Basic` has them, and the secrets of its query. */
export function addressSecrets(address: string | undefined): string[] {
  if (address === undefined) return [];
  const { username = "", password = "" } = credentialsOf(address) ?? {};
  const parameters = [...new URL(address).searchParams].filter(([name]) => SECRET_PARAMETER.test(name));
  return [password === "" ? username : password, `${username}:${password}`, ...parameters.map(([, value]) => value)]
    .filter((secret) => secret !== "" && secret !== ":");
}
