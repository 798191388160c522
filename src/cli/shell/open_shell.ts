/**
 * Opens an interactive shell for a command, with the model of the settings or with the offline model.
 *
 * @module
 */

import { pickCellSettings } from "../../execution/cell_settings.ts";
import { connectModel } from "../../model/connect_model.ts";
import { priceOf } from "../../options/model_prices.ts";
import { InteractiveShell, type InteractiveShellOptions } from "../../shell/interactive_shell.ts";
import { secretsOf } from "../../options/secrets_of.ts";
import { openCellSpans } from "../../telemetry/cell_spans.ts";
import type { Invocation } from "../command.ts";
import { TraceFile } from "../files/trace_file.ts";
import { FolderFiles, type FolderFilesOptions } from "./folder_files.ts";
import { startOffline } from "./offline.ts";
import { readPackageFlags } from "./offline_packages.ts";
import type { ShellSettingName } from "./shell_settings.ts";

export interface OpenShell extends AsyncDisposable {
  shell: InteractiveShell;
  model: string;
  /** A line for the user that names the model and says that nothing is executed. */
  introduction: string;
}

export interface OpenShellOptions extends Pick<InteractiveShellOptions, "hasInput" | "history"> {
  /** Whether a cell runs right away. It then reports itself if the model server cannot be reached. Default: false. */
  isCellNext?: boolean;
  /** The folder whose files cells can name, and the limit of their size. Default: no files are read. */
  files?: Omit<FolderFilesOptions, "destination">;
}

/**
 * Opens a shell.
 *
 * @param invocation the command's settings and flags. The flag `offline` chooses the offline model, and the flag `trace` the trace file
 * @throws {ConfigurationError} the flags of the offline model are wrong, the trace file cannot be written, or OpenTelemetry would export
 * a secret
 * @throws {RefusedError} the model server refuses the API key
 * @throws {OfflineModelMissingError} there is no offline model
 */
export async function openShell(
  { settings, origins, flags, logger }: Pick<Invocation<ShellSettingName>, "settings" | "origins" | "flags" | "logger">,
  signal: AbortSignal,
  { isCellNext = false, files, ...session }: OpenShellOptions = {},
): Promise<OpenShell> {
  const packages = readPackageFlags(flags);
  const file = flags.trace === undefined ? undefined : new TraceFile(flags.trace, logger);
  const offline = flags.offline === undefined ? undefined : await startOffline(signal, { packages, logger });
  try {
    const chosen = { ...settings, ...offline?.settings };
    const isModelChosen = offline !== undefined || origins.model?.source !== "default";
    const telemetry = await openCellSpans(chosen);
    const model = await connectModel(chosen, logger, signal, { isModelChosen, isCellNext });
    // Loads the model's client before the first cell needs it. If that fails, the cell reports the reason.
    model.warmUp().catch(() => {});
    const destination = offline === undefined ? new URL(chosen.baseUrl).host : "the Python on this machine";
    const folder = files && new FolderFiles({ ...files, destination });
    const price = priceOf({ ...chosen, model: model.name });
    const shell = new InteractiveShell({
      model,
      cacheKey: `aipython-${crypto.randomUUID()}`,
      ...pickCellSettings(settings),
      ...session,
      filesOf: folder && ((code) => folder.filesOf(code)),
      maxTokensPerSession: settings.maxTokensPerSession,
      onTrace: file && ((trace) => file.add(trace)),
      secrets: secretsOf(chosen),
      telemetry,
      maxCostPerSession: settings.maxCostPerSession,
      price,
      // Warnings are only logged at level `debug`, because the cell shows them.
      logger: { ...logger, warn: (message, fields) => logger.debug(message, fields) },
    });
    return {
      shell,
      model: model.name,
      introduction: introduce({ ...chosen, model: model.name }, flags),
      [Symbol.asyncDispose]: async () => await offline?.[Symbol.asyncDispose](),
    };
  } catch (error) {
    await offline?.[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Returns a line for the user that names the model and says that nothing is executed.
 *
 * @throws {ConfigurationError} the flags of the offline model are wrong
 */
export function introduce(
  { model, baseUrl }: { model: string; baseUrl: string },
  flags: Readonly<Record<string, string>>,
): string {
  const packages = readPackageFlags(flags);
  if (flags.offline === undefined) {
    return `${model} at ${new URL(baseUrl).host} plays IPython: nothing is executed, all outputs are simulated`;
  }
  const modules = packages === "off" ? "standard library only" : "it fetches packages";
  return `offline: a Python on this machine answers instead of a model (${modules})`;
}
