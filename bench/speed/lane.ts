/**
 * One agent with its environment: a notebook, a paced model, and a witness that runs cells.
 *
 * @module
 */

import { agentEnvironment } from "../../test/support/agent_environment.ts";
import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { type LineProcess, startLineProcess } from "../line_process.ts";
import { callFor } from "./cells.ts";
import { type Pace, PacedModel } from "./paced_model.ts";
import { Witness } from "./witness.ts";

export type Contender = "ours" | "baseline";

const script: Record<Contender, URL> = {
  ours: new URL("./agent_process.ts", import.meta.url),
  baseline: new URL("./baseline/agent_process.ts", import.meta.url),
};

export interface Lane extends AsyncDisposable {
  witness: Witness;
  model: PacedModel;
  /** Answers `cpu` and `heap`. */
  agent: LineProcess;
}

export async function openLane(
  contender: Contender,
  server: Pick<NotebookAddress, "syncUrl" | "authToken">,
  pace: Pace,
): Promise<Lane> {
  const place = { ...server, notebookId: newNotebookId() };
  await using opened = new AsyncDisposableStack();
  const rules = contender === "ours" ? "openai" : "none";
  const model = opened.use(await PacedModel.start(pace, callFor, { rules }));
  const witness = opened.use(await Witness.open(place));
  const environment = agentEnvironment(place, model);
  const agent = opened.use(await startLineProcess(script[contender], { environment }));
  const all = opened.move();
  return { witness, model, agent, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
