/**
 * The file of committed ratios.
 *
 * @module
 */

import type { Ratios } from "./ratios.ts";

/** The two forms of the bench. Their ratios differ. */
export type Form = "full" | "short";

const file = new URL("../ratios.json", import.meta.url);

/** @throws Error if there are no ratios, because the guard would then pass every run */
export async function readCommittedRatios(form: Form): Promise<Ratios> {
  const ratios = (await readFile())[form];
  if (ratios !== undefined && Object.keys(ratios).length > 0) return ratios;
  throw new Error(`bench/ratios.json has no ratios of the ${form} form: measure them with --accept`);
}

/** Writes the ratios of a form. Those of the other form do not change. */
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
