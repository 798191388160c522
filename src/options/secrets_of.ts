/**
 * Lists the secrets among the settings.
 *
 * @module
 */

import { credentialsOf } from "./address_credentials.ts";
import { commandOptionNames } from "./option_names.ts";
import { optionTable } from "./option_table.ts";
import type { CommandSettings } from "./settings.ts";

/** The names of query parameters that hold secrets: `key`, `subscription-key`, `sig`. */
const SECRET_PARAMETER = /key|token|secret|sig|pass|auth|code/i;

/** An authorization scheme and the secret after it: `Bearer sk-...`. */
const AUTHORIZATION = /^[A-Za-z]+ +(\S.*)$/;

/** Lists the texts that must never be shown: the values of secret settings, and the secrets in the model server's address. */
export function secretsOf(settings: Partial<CommandSettings>): string[] {
  const secret = commandOptionNames.filter((name) => optionTable[name].secret);
  return [...secret.flatMap((name) => secretsIn(settings[name])), ...addressSecrets(settings.baseUrl)];
}

/** Lists the secrets in a secret value: the value itself, and for a header also the part after `Bearer`. */
export function secretsIn(value: unknown): string[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.values(value).map(String).flatMap((text) => [text, ...AUTHORIZATION.exec(text)?.slice(1) ?? []]);
}

/**
 * Lists the secrets in an address: its password, or its user if there is no password, both as `user:password` for
 * `Authorization: Basic`, and the secrets in its query.
 */
export function addressSecrets(address: string | undefined): string[] {
  if (address === undefined) return [];
  const { username = "", password = "" } = credentialsOf(address) ?? {};
  const parameters = [...new URL(address).searchParams].filter(([name]) => SECRET_PARAMETER.test(name));
  return [password === "" ? username : password, `${username}:${password}`, ...parameters.map(([, value]) => value)]
    .filter((secret) => secret !== "" && secret !== ":");
}
