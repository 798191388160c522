/**
 * Makes metadata valid by the schema of nbformat 4.5: repairs invalid values if possible, and otherwise removes them.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject } from "./json_text.ts";
import { multiline } from "./multiline.ts";
import { isValid, type Validated } from "./validate.ts";

/** Repairs for invalid values, by key. */
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

export interface RepairedMetadata {
  metadata: JsonObject;
  /** A sentence for each key that was repaired or left out. */
  notes: string[];
}

/**
 * Repairs metadata.
 *
 * @param metadata the metadata, which are not changed
 * @param part the part of the schema that they must satisfy
 * @param where the path of the metadata in the file, for notes
 */
export function repairMetadata(metadata: JsonObject, part: Validated, where: string): RepairedMetadata {
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
