/**
 * One `aipython` that serves two notebooks. One notebook runs hostile cells, and the other runs plain cells
 * continuously.
 *
 * The visitors use plain sockets, so that the measured times are the agent's.
 *
 * @module
 */

import { agentEnvironment } from "../agent_environment.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import { RunningCommand } from "../../cli/running_command.ts";
import { NotebookVisitor } from "../notebook_visitor.ts";
import { answer, stdout } from "../scripted_answer.ts";
import {
  type RecordedRequest,
  type Script,
  type ScriptedModelServer,
  startScriptedModel,
} from "../scripted_model_server.ts";
import { Signposts } from "../signposts.ts";
import type { HostileCell } from "./hostile_cells.ts";
import { PLAIN_CODE, PlainCells } from "./plain_cells.ts";
import { within } from "./within.ts";

/** A hostile cell that has run. */
export interface HostileRun {
  /** Its status: `success`, `error`, or `cancelled`. */
  status: string;
  /** The events of its outputs. */
  outputs: StoredEvent[];
  /** The time from the request to the end, in milliseconds, without the time in which its answer was held. */
  ms: number;
}

/** A running hostile cell. */
interface BegunCell {
  /** Resolves when the model has been asked. */
  asked: Promise<void>;
  /** The gate of its answer. */
  gate: string;
  /** Resolves when the cell has ended. */
  ended: Promise<HostileRun>;
}

/** The parts that both visitors share. */
interface Parts {
  ids: string[];
  command: RunningCommand;
  visitors: NotebookVisitor[];
  model: ScriptedModelServer;
}

/** Two notebooks and the agent that serves them. */
export class TwoNotebooks implements AsyncDisposable {
  /** The notebooks' ids, first that of the notebook with the hostile cells. */
  readonly ids: string[];
  /** The agent's process. */
  readonly command: RunningCommand;
  /** A client for each notebook. */
  readonly visitors: NotebookVisitor[];
  /** The plain cells, which run continuously. */
  readonly plain: PlainCells;
  /** Resolves with the reasons in the logs when the agent has ended both sessions. */
  readonly goodbyes: Promise<string[]>;
  readonly #model: ScriptedModelServer;
  readonly #asked = new Signposts();
  readonly #disposables: AsyncDisposableStack;
  #runs = 0;
  #script: Script = [];

  private constructor({ ids, command, visitors, model }: Parts, disposables: AsyncDisposableStack) {
    this.ids = ids;
    this.command = command;
    this.visitors = visitors;
    this.#model = model;
    this.#disposables = disposables;
    this.plain = new PlainCells(visitors[1]);
    this.goodbyes = Promise.all(visitors.map(goodbyeIn));
  }

  /** Creates the notebooks and attaches the agent to them. `await using` stops everything. */
  static async open({ syncUrl, authToken }: Pick<SyncServer, "syncUrl" | "authToken">): Promise<TwoNotebooks> {
    await using disposables = new AsyncDisposableStack();
    const ids = [newNotebookId(), newNotebookId()];
    const made = Promise.withResolvers<TwoNotebooks>();
    const model = disposables.use(await startScriptedModel(async (request) => (await made.promise).#answer(request)));
    const visitors = await Promise.all(
      ids.map((notebookId) => NotebookVisitor.open({ syncUrl, authToken, notebookId })),
    );
    for (const visitor of visitors) disposables.defer(() => visitor.close());
    const command = disposables.use(
      new RunningCommand({
        environment: agentEnvironment({ syncUrl, authToken, notebookId: ids.join(",") }, model),
      }),
    );
    await Promise.all(ids.map((id) => command.wrote(`attached notebook=${id}`)));
    made.resolve(new TwoNotebooks({ ids, command, visitors, model }, disposables.move()));
    return await made.promise;
  }

  /**
   * Runs a hostile cell, and meanwhile a plain cell from its start to its end. If the answer is held, the plain cell
   * ends first.
   *
   * @throws {Error} one of the cells did not end
   */
  async run(hostile: HostileCell): Promise<HostileRun> {
    const { gate, ended } = this.#begin(hostile);
    if (!hostile.isHeld) {
      const [run] = await Promise.all([ended, this.plain.next()]);
      return run;
    }
    await Promise.race([this.#model.reached(gate), ended]);
    const heldAt = performance.now();
    await this.plain.next();
    const heldMs = performance.now() - heldAt;
    this.#model.open(gate);
    const run = await ended;
    return { ...run, ms: run.ms - heldMs };
  }

  /**
   * Starts a hostile cell and presses Ctrl-C in the middle of it: when the model has been asked, or if the answer is
   * held, when it has reached the gate.
   *
   * @param onInterrupt called immediately before Ctrl-C
   */
  async interrupt(hostile: HostileCell, onInterrupt: () => void = () => {}): Promise<BegunCell> {
    const begun = this.#begin(hostile);
    await within(hostile.isHeld ? this.#model.reached(begun.gate) : begun.asked, "the wait for the model's answer");
    onInterrupt();
    this.command.kill("SIGINT");
    return begun;
  }

  #begin(hostile: HostileCell): BegunCell {
    const run = ++this.#runs;
    const gate = `gate ${run}`;
    this.#script = hostile.answer(gate);
    const [visitor] = this.visitors;
    const past = hostile.past?.() ?? [];
    const source = hostile.source?.() ?? "hostile_cell()";
    const begunAt = performance.now();
    visitor.write(...past);
    const cellId = visitor.addCell(source);
    const queueId = `${hostile.request?.queueId ?? "hostile"} ${run}`;
    const request = { cellId, executionCount: run, requestedBy: "visitor", ...hostile.request, queueId };
    const ended = within(endOf(visitor, request, begunAt), hostile.name);
    ended.catch(() => {});
    visitor.write({ name: "v1.ExecutionRequested", args: request });
    return { asked: this.#asked.reached(gate), gate, ended };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.plain.stop();
    await this.#disposables.disposeAsync();
  }

  #answer({ body }: RecordedRequest): Script {
    // The Responses interface, which the agent tries after some refusals, uses another field for the conversation.
    const turns: { role?: string }[] = body.messages ?? body.input;
    const asked = turns.findLast(({ role }) => role === "user");
    if (JSON.stringify(asked).includes(PLAIN_CODE)) return answer(stdout("plain\n"));
    this.#asked.reach(`gate ${this.#runs}`);
    return this.#script;
  }
}

/** Resolves with the reason when the log contains the end of a session. */
function goodbyeIn(visitor: NotebookVisitor): Promise<string> {
  const heard = Promise.withResolvers<string>();
  visitor.listen(({ name, args }) => {
    if (name === "v1.RuntimeSessionTerminated") heard.resolve((args as { reason: string }).reason);
  });
  return heard.promise;
}

/** Resolves with the events of a cell's outputs when its request has ended. */
function endOf(
  visitor: NotebookVisitor,
  { queueId, cellId }: { queueId: string; cellId: string },
  begunAt: number,
): Promise<HostileRun> {
  const over = Promise.withResolvers<HostileRun>();
  const outputs: StoredEvent[] = [];
  const stop = visitor.listen((event) => {
    const args = event.args as { queueId?: string; cellId?: string; status?: string };
    if (event.name.includes("Output") && args?.cellId === cellId) outputs.push(event);
    if (args?.queueId !== queueId || !/Completed$|Cancelled$/.test(event.name)) return;
    stop();
    over.resolve({ status: args.status ?? "cancelled", outputs, ms: performance.now() - begunAt });
  });
  return over.promise;
}
