/**
 * The stored settings of the panel, in the data folder and readable only by its owner: the values in one file, the keys in
 * another.
 *
 * @module
 */

import { join } from "node:path";
import type { PanelSettings } from "../../../src/options/mod.ts";
import { writePrivately } from "../data_folder.ts";

const VALUES_FILE = "settings.json";
const KEYS_FILE = "model_keys.json";

/** The contents of the two files as last read or written. */
export class SettingsFile {
  readonly #folder: string;
  #panel: PanelSettings;

  private constructor(folder: string, panel: PanelSettings) {
    this.#folder = folder;
    this.#panel = panel;
  }

  /**
   * Reads the files that exist.
   *
   * @param folder the data folder, which must exist
   * @throws {Error} if a file cannot be read or its content is invalid
   */
  static async open(folder: string): Promise<SettingsFile> {
    const [values, keys] = await Promise.all([VALUES_FILE, KEYS_FILE].map((name) => readTexts(join(folder, name))));
    return new SettingsFile(folder, { values, keys });
  }

  get panel(): PanelSettings {
    return this.#panel;
  }

  /** @throws {StorageError} if a file cannot be written; that file is unchanged */
  write({ values, keys }: PanelSettings): void {
    // The keys are written first: a key without its values does no harm.
    writePrivately(join(this.#folder, KEYS_FILE), toText(keys));
    this.#panel = { ...this.#panel, keys };
    writePrivately(join(this.#folder, VALUES_FILE), toText(values));
    this.#panel = { values, keys };
  }
}

function toText(texts: Readonly<Record<string, string>>): string {
  return `${JSON.stringify(texts, undefined, 2)}\n`;
}

async function readTexts(path: string): Promise<Record<string, string>> {
  try {
    const texts: unknown = JSON.parse(await Deno.readTextFile(path));
    if (isTexts(texts)) return texts;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    if (!(error instanceof SyntaxError)) throw error;
  }
  // The content may be a key, so it is not quoted.
  throw new Error(`The settings in ${path} cannot be read, because they are not an object of texts. Remove the file.`);
}

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string");
}
