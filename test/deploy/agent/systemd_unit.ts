/**
 * Reads the systemd unit of `deploy/agent/`, as far as a test starts what it says.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The unit's file. */
export const unitFile = fileURLToPath(new URL("../../../deploy/agent/aipython@.service", import.meta.url));

/** The values of each setting of a section, in order. */
export type UnitSection = Readonly<Record<string, readonly string[]>>;

/** Reads a section. */
export function readSection(text: string, section: string): UnitSection {
  const settings: Record<string, string[]> = {};
  let current = "";
  for (const line of text.replaceAll(/\\\n\s*/g, "").split("\n")) {
    const [, header] = /^\[(\w+)\]$/.exec(line) ?? [];
    current = header ?? current;
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (current === section && name !== undefined) (settings[name] ??= []).push(value);
  }
  return settings;
}

/** Puts values in place of specifiers: `%i`. */
export function expand(text: string, specifiers: Readonly<Record<string, string>>): string {
  return text.replaceAll(/%(\w)/g, (_, letter) => {
    const value = specifiers[letter];
    if (value === undefined) throw new Error(`the test does not know %${letter}`);
    return value;
  });
}

/** The variables that a unit sets. */
export function environmentOf(service: UnitSection, specifiers: Readonly<Record<string, string>>) {
  const words = (service.Environment ?? []).flatMap((line) => expand(line, specifiers).split(" "));
  return Object.fromEntries(words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
}
