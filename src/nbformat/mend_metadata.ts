/**
 * Makes metadata valid by the schema of nbformat 4.5: what can be repaired is repaired, and only what cannot is left out.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject } from "./json_text.ts";
import { multiline } from "./multiline.ts";
import { isValid, type Validated } from "./validate.ts";

/** How invalid values of some keys are repaired. */
const REPAIRS: Readonly<Record<string, (value: FileJson) => FileJson>> = {
  tags: (value) => {
    const tags = (Array.isArray(value) ? value : [value]).map(multiline).flatMap((tag) => tag.split(","));
    return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ""))];
  },
  title: (value) => (Array.isArray(value) ? value.map(multiline).join(" ") : multiline(value)),
  name: multiline,
  authors: (value) => [isJsonObject(value) ? value : { name: multiline(value) }],
  kernelspec: (value) =>
    isJsonObject(value) ? { ...value, name: multiline(value.name), display_name: displayName(value) } : null,
};

/** What was mended. */
export interface MendedMetadata {
  metadata: JsonObject;
  /** A sentence for each key that was repaired or left out. */
  notes: string[];
}

/**
 * Mends metadata.
 *
 * @param metadata left as it is
 * @param part the part of the schema that it must satisfy
 * @param where the metadata's path in the file, for notes
 */
export function mendMetadata(metadata: JsonObject, part: Validated, where: string): MendedMetadata {
  const notes: string[] = [];
  const entries = Object.entries(metadata).flatMap(([key, value]): [string, FileJson][] => {
    if (isValid(part, { [key]: value })) return [[key, value]];
    const repaired = Object.hasOwn(REPAIRS, key) ? REPAIRS[key](value) : null;
    if (repaired !== null && isValid(part, { [key]: repaired })) {
      notes.push(`${where}.${key} was repaired`);
      return [[key, repaired]];
    }
    notes.push(`${where}.${key} was left out`);
    return [];
  });
  return { metadata: Object.fromEntries(entries), notes };
}

function displayName({ display_name, name }: JsonObject): string {
  return multiline(display_name) || multiline(name);
}
