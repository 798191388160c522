/**
 * Describes a file by its name and content.
 *
 * @module
 */

import { DEFAULT_FILE_CHARACTERS, describeFile } from "../../src/files/describe_file.ts";

export const encoder = new TextEncoder();

export function described(
  name: string,
  content: string | readonly number[],
  maxCharacters = DEFAULT_FILE_CHARACTERS,
): string {
  const bytes = typeof content === "string" ? encoder.encode(content) : new Uint8Array(content);
  return describeFile({ name, bytes }, maxCharacters);
}
