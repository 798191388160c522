/**
 * Reads the parts of the systemd unit in `deploy/agent/` that a test needs to start its command.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The path of the unit's file. */
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

/** Replaces specifiers, such as `%i`, by values. */
export function expand(text: string, specifiers: Readonly<Record<string, string>>): string {
  return text.replaceAll(/%(\w)/g, (_, letter) => {
    const value = specifiers[letter];
    if (value === undefined) throw new Error(`the test does not know %${letter}`);
    return value;
  });
}

/** Returns the variables that a unit sets. */
export function environmentOf(service: UnitSection, specifiers: Readonly<Record<string, string>>) {
  const words = (service.Environment ?? []).flatMap((line) => expand(line, specifiers).split(" "));
  return Object.fromEntries(words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
}
