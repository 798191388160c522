/**
 * Chooses the model for the demo: a real one if the environment names a key or a server, otherwise the offline model.
 *
 * @module
 */

import { fitCacheKey } from "../../src/model/cache_key.ts";
import type { OfflineModelOptions } from "../offline_model/offline_model.ts";
import type { ModelFamily } from "../strict_model/family.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that each select a real model. A server needs no key. */
const REAL = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "AZURE_OPENAI_ENDPOINT"];

/** A model that is ready to answer. */
export interface DemoModel extends AsyncDisposable {
  /** The agent's settings for the model. The agent reads the others from the environment. */
  settings: { apiKey?: string; baseUrl?: string; model?: string; maxCostPerSession?: number };
  /** Whether this is the offline model, whose outputs are the same every time. */
  isOffline: boolean;
  /** The family whose strictness the offline model imitates. */
  strict?: ModelFamily;
  /** Whether the model knows only the cells in each request. */
  forgetful?: boolean;
  /** Resolves when the model can answer at once. Until then requests wait. */
  ready(): Promise<unknown>;
  /** Ends the offline model's Python process for a notebook whose agent has ended. */
  endNotebook(notebookId: string): Promise<void>;
}

/** The behaviour of the offline model. If it is strict or forgetful, it answers even if there is a key. */
export type OfflineTraits = Pick<OfflineModelOptions, "strict" | "forgetful" | "packages" | "logger">;

/**
 * Starts the offline model, or returns the model that `OPENAI_API_KEY`, `OPENAI_BASE_URL` and `AIPYTHON_MODEL`, or
 * Azure's variables, select. An empty variable counts as not set.
 *
 * @param signal aborts the start
 */
export async function startModel(
  environment: Environment,
  signal: AbortSignal,
  { strict, forgetful = false, packages, logger }: OfflineTraits = {},
): Promise<DemoModel> {
  const read = (name: string) => environment[name] || undefined;
  if (strict === undefined && !forgetful && REAL.some((name) => read(name) !== undefined)) {
    return {
      settings: {
        apiKey: read("OPENAI_API_KEY"),
        baseUrl: read("OPENAI_BASE_URL"),
        model: read("AIPYTHON_MODEL"),
      },
      isOffline: false,
      ready: () => Promise.resolve(),
      endNotebook: () => Promise.resolve(),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  // With a real model, Python need not be loaded.
  const { startOfflineModel } = await import("../offline_model/offline_model.ts");
  const server = await startOfflineModel({ signal, strict, forgetful, packages, logger });
  return {
    // The model costs nothing and has no price, so a cost limit cannot apply.
    settings: { apiKey: server.apiKey, baseUrl: server.url, model: server.name, maxCostPerSession: 0 },
    isOffline: true,
    strict,
    forgetful,
    ready: () => server.ready(),
    endNotebook: (notebookId) => server.endNotebook(fitCacheKey(notebookId)),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** Describes in one line which model answers and how reliable its answers are. */
export function introduceModel(
  { isOffline, strict, forgetful }: Pick<DemoModel, "isOffline" | "strict" | "forgetful">,
  { model, baseUrl }: { model: string; baseUrl: string },
): string {
  if (strict !== undefined || forgetful) {
    const rules = strict && `It refuses what ${strict} servers refuse, and answers as their models do.`;
    const memory = forgetful && "It knows only what it is sent.";
    return ["Model: the offline stand-in.", rules, memory].filter(Boolean).join(" ");
  }
  return isOffline
    ? "Model: the offline stand-in. A Python run on this machine answers as a language model would; with OPENAI_API_KEY a real one answers."
    : `Model: ${model} at ${
      new URL(baseUrl).host
    }. All outputs are simulated: it is asked what IPython would show, and nothing is executed.`;
}
