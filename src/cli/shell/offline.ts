/**
 * The flag `--offline`: a model on this machine that needs no account, and a network for packages alone.
 *
 * @module
 */

import { AIPythonError } from "../../errors.ts";
import type { FlagEntry } from "../../options/option_entry.ts";
import type { Logger } from "../../logger.ts";
import type { SettingName } from "../command.ts";
import type { OfflinePackages } from "./offline_packages.ts";

/** The flag. */
export const offlineFlag = {
  flag: "offline",
  help:
    "Answer with a Python on this machine in a model's place: no key, and no network but for packages that cells import.",
} as const satisfies FlagEntry;

/** The settings that `--offline` makes unnecessary. */
export const modelServerSettings: readonly SettingName[] = [
  "apiKey",
  "model",
  "baseUrl",
  "headers",
  "organization",
  "project",
];

/** The offline model is not installed. */
export class OfflineModelMissingError extends AIPythonError {
  readonly name = "OfflineModelMissingError";
}

/** The command may not start the offline model. */
export class OfflineModelForbiddenError extends AIPythonError {
  readonly name = "OfflineModelForbiddenError";
}

/** What the offline model is like. */
export interface OfflineOptions {
  /** Where packages come from. Default: nowhere. */
  packages?: OfflinePackages;
  /** Told what is fetched. Default: nobody. */
  logger?: Logger;
  /** Whether it knows what a request tells, and nothing else, as a language model does. Default: it has run the cells. */
  forgetful?: boolean;
}

/** A running offline model. */
export interface Offline extends AsyncDisposable {
  /** The settings that connect to it. */
  settings: { apiKey: string; baseUrl: string; model: string };
}

/** The module, in a clone of the project. It is not published, because it would make everybody download Python. */
const modulePath = "../../../stack/offline_model/offline_model.ts";

/**
 * Starts the offline model on this machine.
 *
 * @param signal aborts the start
 * @param options what it is like
 * @throws {OfflineModelMissingError} the program was installed without it
 * @throws {OfflineModelForbiddenError} the program may not start processes
 */
export async function startOffline(signal: AbortSignal, options: OfflineOptions = {}): Promise<Offline> {
  const { startOfflineModel } = await loadOfflineModel();
  if (Deno.permissions.requestSync({ name: "run", command: Deno.execPath() }).state !== "granted") {
    throw new OfflineModelForbiddenError(
      "the offline model runs in processes of its own, which this command may not start: install it with --allow-run " +
        "besides, or run it in the clone as `npx --yes deno run -A bin/aipython.ts`",
    );
  }
  const model = await startOfflineModel({ ...options, signal });
  return {
    settings: { apiKey: model.apiKey, baseUrl: model.url, model: model.name },
    [Symbol.asyncDispose]: () => model.stop(),
  };
}

interface StartedOfflineModel {
  url: string;
  apiKey: string;
  name: string;
  stop(): Promise<void>;
}

/** The part of the module that is used. Its own types cannot be imported: a published module may not refer to an unpublished one. */
interface OfflineModelModule {
  startOfflineModel(options: OfflineOptions & { signal: AbortSignal }): Promise<StartedOfflineModel>;
}

async function loadOfflineModel(): Promise<OfflineModelModule> {
  const url = new URL(modulePath, import.meta.url).href;
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
