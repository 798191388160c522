/**
 * The flag `--offline`: the stand-in for a model that needs neither network nor account.
 *
 * @module
 */

import { AIPythonError } from "../../errors.ts";
import type { FlagEntry } from "../../options/option_entry.ts";
import type { SettingName } from "../command.ts";

/** The flag. */
export const offlineFlag = {
  flag: "offline",
  help: "Answer with a Python on this machine, standard library only, in a model's place: no network, no key.",
} as const satisfies FlagEntry;

/** The settings that `--offline` does away with. */
export const modelServerSettings: readonly SettingName[] = ["apiKey", "model", "baseUrl", "organization", "project"];

/** The offline model is not installed. */
export class OfflineModelMissingError extends AIPythonError {
  readonly name = "OfflineModelMissingError";
}

/** A running offline model. */
export interface Offline extends AsyncDisposable {
  /** Where it is, and as what. */
  settings: { apiKey: string; baseUrl: string; model: string };
}

/** Where it lives, in a checkout of the project: it is not published, lest everybody download Python. */
const place = "../../../stack/offline_model/offline_model.ts";

/**
 * Starts the offline model on this machine.
 *
 * @param signal gives up
 * @throws {OfflineModelMissingError} the program was installed without it
 */
export async function startOffline(signal: AbortSignal): Promise<Offline> {
  const { startOfflineModel } = await loadOfflineModel();
  const model = await startOfflineModel({ signal });
  return {
    settings: { apiKey: "none", baseUrl: model.url, model: model.name },
    [Symbol.asyncDispose]: () => model.stop(),
  };
}

/** What is used of it. Its own types cannot be named here: a published module may not refer to one that is not. */
interface OfflineModelModule {
  startOfflineModel(options: { signal: AbortSignal }): Promise<{ url: string; name: string; stop(): Promise<void> }>;
}

async function loadOfflineModel(): Promise<OfflineModelModule> {
  const url = new URL(place, import.meta.url).href;
  try {
    return await import(url);
  } catch (cause) {
    throw new OfflineModelMissingError(
      "the offline model is not part of the installed package: clone the project and run the command there as " +
        "`npx --yes deno run -A bin/aipython.ts`",
      { cause },
    );
  }
}
