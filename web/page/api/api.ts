/**
 * The page's requests to its server.
 *
 * @module
 */

import type { CellTrace } from "../../../src/execution/trace/cell_trace.ts";
import type { Example } from "../../server/examples.ts";
import type { NotebookChange, ShelvedNotebook } from "../../server/notebook_shelf.ts";
import type { Site } from "../../server/page_api.ts";
import type { RuntimeStatus } from "../../server/runtimes.ts";
import type { NotebookUsage } from "../../server/usage_ledger.ts";

export type { Example, NotebookUsage, RuntimeStatus, ShelvedNotebook, Site };

/** The server refused or failed to handle a request. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The HTTP status; 0 if the server was not reached. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const api = {
  site: () => ask<Site>("GET", "/api/site"),
  notebooks: () => ask<ShelvedNotebook[]>("GET", "/api/notebooks"),
  createNotebook: (title: string) => ask<ShelvedNotebook>("POST", "/api/notebooks", { title }),
  changeNotebook: (id: string, change: NotebookChange) => ask<void>("PATCH", `/api/notebooks/${id}`, change),
  removeNotebook: (id: string) => ask<void>("DELETE", `/api/notebooks/${id}`),
  runtime: (id: string) => ask<RuntimeStatus>("GET", `/api/notebooks/${id}/runtime`),
  restartRuntime: (id: string) => ask<RuntimeStatus>("POST", `/api/notebooks/${id}/runtime`),
  trace: (id: string, cellId: string) =>
    ask<CellTrace>("GET", `/api/notebooks/${id}/trace?cell=${encodeURIComponent(cellId)}`),
  usage: (id: string) => ask<NotebookUsage>("GET", `/api/notebooks/${id}/usage`),
  uploadArtifact: async (id: string, mimeType: string, bytes: Uint8Array<ArrayBuffer>) => {
    const body = new Blob([bytes], { type: mimeType });
    const { artifactId } = await ask<{ artifactId: string }>("POST", `/api/notebooks/${id}/artifacts`, body);
    return artifactId;
  },
  artifact: async (artifactId: string) => {
    const response = await reach(artifactUrl(artifactId), {});
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  },
  /** Reads an artifact's size with a HEAD request. */
  artifactSize: async (artifactId: string) => {
    const { ok, status, headers, body } = await reach(artifactUrl(artifactId), {});
    await body?.cancel();
    if (!ok) throw new ApiError(status, "the server no longer has it");
    return Number(headers.get("content-length"));
  },
  examples: () => ask<Example[]>("GET", "/api/examples"),
  example: (name: string) => askText("GET", `/api/examples/${name}`),
};

export function artifactUrl(artifactId: string): string {
  return `/api/artifacts/${artifactId}`;
}

/** Sends a request and reads the answer as JSON. */
export async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const text = await askText(method, path, body);
  return text === "" ? undefined as Answer : JSON.parse(text);
}

async function askText(method: string, path: string, body?: unknown): Promise<string> {
  const isWhole = body === undefined || body instanceof Blob;
  const response = await reach(path, { method, body: isWhole ? body : JSON.stringify(body) });
  if (!response.ok) throw await readProblem(response);
  return await response.text();
}

export async function readProblem(response: Response): Promise<ApiError> {
  return new ApiError(response.status, reasonIn(await response.text()) ?? `HTTP ${response.status}`);
}

export async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, "The server on this machine does not answer. Is the command still running?");
  }
}

function reasonIn(text: string): string | undefined {
  try {
    return JSON.parse(text).error;
  } catch {
    return undefined;
  }
}
