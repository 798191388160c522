/**
 * Chooses the model that answers in the demo: a real one where the environment names a key or a server, otherwise the offline model.
 *
 * @module
 */

import { fitCacheKey } from "../../src/model/cache_key.ts";
import type { OfflineModelOptions } from "../offline_model/offline_model.ts";
import type { ModelFamily } from "../strict_model/family.ts";

/** The environment, as far as a demo reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables each of which means a real model. A server needs no key. */
const REAL = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "AZURE_OPENAI_ENDPOINT"];

/** A model that is ready to answer. */
export interface DemoModel extends AsyncDisposable {
  /** What the agent has to be told of it; the rest it reads in the environment. */
  settings: { apiKey?: string; baseUrl?: string; model?: string; maxCostPerSession?: number };
  /** Whether it is the offline model, whose outputs are the same every time. */
  isOffline: boolean;
  /** Whose servers the offline model is as strict as. */
  strict?: ModelFamily;
  /** Whether it knows only what it is sent. */
  forgetful?: boolean;
  /** Resolves when it can answer at once; until then it lets a request wait. */
  ready(): Promise<unknown>;
  /** A notebook's agent has ended: the offline model ends the Python that it keeps for it. */
  endNotebook(notebookId: string): Promise<void>;
}

/** What the offline model is like. If it is to be strict or forgetful, it answers although there is a key. */
export type OfflineTraits = Pick<OfflineModelOptions, "strict" | "forgetful" | "packages" | "logger">;

/**
 * Starts the offline model, or names the one that `OPENAI_API_KEY`, `OPENAI_BASE_URL` and `AIPYTHON_MODEL`, or Azure's variables, stand
 * for. An empty variable counts as not set.
 *
 * @param signal gives up
 * @param traits what the offline model is like
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
  // Whoever has a model need not load Python.
  const { startOfflineModel } = await import("../offline_model/offline_model.ts");
  const server = await startOfflineModel({ signal, strict, forgetful, packages, logger });
  return {
    // It costs nothing, and has no price by which that could be limited.
    settings: { apiKey: server.apiKey, baseUrl: server.url, model: server.name, maxCostPerSession: 0 },
    isOffline: true,
    strict,
    forgetful,
    ready: () => server.ready(),
    endNotebook: (notebookId) => server.endNotebook(fitCacheKey(notebookId)),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** Says in a line who answers, and what its answers are worth. */
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
    ? "Model: the offline stand-in. A Python run on this machine answers as a language model would; OPENAI_API_KEY asks a real one."
    : `Model: ${model} at ${
      new URL(baseUrl).host
    }. All outputs are simulated: it is asked what IPython would show, and nothing is executed.`;
}
