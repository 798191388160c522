/**
 * The flag `--offline`: a model on this machine that needs no account, and the network only for packages.
 *
 * @module
 */

import { AIPythonError } from "../../errors.ts";
import type { FlagEntry } from "../../options/option_entry.ts";
import type { Logger } from "../../logger.ts";
import type { SettingName } from "../command.ts";
import type { OfflinePackages } from "./offline_packages.ts";

export const offlineFlag = {
  flag: "offline",
  help:
    "Use a Python on this machine instead of a language model. It needs no key, and the network only for packages that cells import.",
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

export interface OfflineOptions {
  /** The source of packages. Default: no packages. */
  packages?: OfflinePackages;
  /** Logs the downloads. Default: no log. */
  logger?: Logger;
  /** Whether it only knows the content of each request, as a language model does. Default: false, it keeps the state of earlier cells. */
  forgetful?: boolean;
}

/** A running offline model. */
export interface Offline extends AsyncDisposable {
  /** The settings that connect to it. */
  settings: { apiKey: string; baseUrl: string; model: string };
}

/** The module in a clone of the project. It is not published, because every installation would then download Python. */
const modulePath = "../../../stack/offline_model/offline_model.ts";

/**
 * Starts the offline model on this machine.
 *
 * @throws {OfflineModelMissingError} the program was installed without the offline model
 * @throws {OfflineModelForbiddenError} the program has no permission to start processes
 */
export async function startOffline(signal: AbortSignal, options: OfflineOptions = {}): Promise<Offline> {
  const { startOfflineModel } = await loadOfflineModel();
  if (Deno.permissions.requestSync({ name: "run", command: Deno.execPath() }).state !== "granted") {
    throw new OfflineModelForbiddenError(
      "the offline model runs in separate processes, which this command has no permission to start: install the command with " +
        "--allow-run, or run it in the clone as `npx --yes deno run -A bin/aipython.ts`",
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

/** The used part of the module. Its types cannot be imported, because a published module may not refer to an unpublished one. */
interface OfflineModelModule {
  startOfflineModel(options: OfflineOptions & { signal: AbortSignal }): Promise<StartedOfflineModel>;
}

async function loadOfflineModel(): Promise<OfflineModelModule> {
  const url = new URL(modulePath, import.meta.url).href;
  try {
    return await import(url);
  } catch (cause) {
    throw new OfflineModelMissingError(
      "the offline model is not part of the installed package: clone the project, and run the command in the clone as " +
        "`npx --yes deno run -A bin/aipython.ts`",
      { cause },
    );
  }
}
