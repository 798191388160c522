/**
 * The file of committed ratios.
 *
 * @module
 */

import type { Ratios } from "./ratios.ts";

/** The two forms of the bench, whose ratios differ. */
export type Form = "full" | "short";

const file = new URL("../ratios.json", import.meta.url);

/**
 * The committed ratios of a form.
 *
 * @throws Error when there are none: a guard without ratios would pass anything
 */
export async function readCommittedRatios(form: Form): Promise<Ratios> {
  const ratios = (await readFile())[form];
  if (ratios !== undefined && Object.keys(ratios).length > 0) return ratios;
  throw new Error(`bench/ratios.json has no ratios of the ${form} form: measure them with --accept`);
}

/** Writes the ratios of a form, and leaves those of the other as they are. */
export async function writeCommittedRatios(form: Form, ratios: Ratios): Promise<void> {
  await Deno.writeTextFile(file, `${JSON.stringify({ ...await readFile(), [form]: ratios }, null, 2)}\n`);
}

async function readFile(): Promise<Partial<Record<Form, Ratios>>> {
  try {
    return JSON.parse(await Deno.readTextFile(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}
