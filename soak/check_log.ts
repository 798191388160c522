/**
 * Checks the promises on a notebook's event log.
 *
 * @module
 */

import { expectedText, type Job, readJob } from "./job.ts";
import type { LoggedEvent } from "./read_log.ts";

/** The broken promises of a log. */
export interface LogVerdict {
  requests: number;
  /** Outputs that a completed request lacks, and requests that were begun before one that was earlier in the queue. */
  lost: string[];
  /**
   * Outputs that appear twice, belong to another cell or follow the `KeyboardInterrupt` of their run, requests that
   * ended twice, a `KeyboardInterrupt` after the end of its run, and cells that ran at the same time.
   */
  doubled: string[];
  /** Requests that have not ended. */
  stuck: string[];
}

interface Request {
  queueId: string;
  cellId: string;
  /** The runtime session that began it last. */
  session?: string;
  /** Whether any session has begun it. */
  begun: boolean;
  /** The jobs in the cell's source when the request was begun; several if the cell was edited at that moment. */
  jobs: Job[];
  ended?: "completed" | "failed" | "cancelled";
  /**
   * Whether a claim, a begin or another end came after its end and changed its row. Ending it again in the same way
   * restores the row.
   */
  reopened: boolean;
  /** Whether the request was completed while its cancellation was in flight, which may happen once. */
  crossed: boolean;
  /** Whether the request was claimed after its end. A begin is then not a race but an error. */
  claimedLate: boolean;
  /** Whether its outputs end in a `KeyboardInterrupt`. */
  interrupted: boolean;
  /** Whether another client than its runtime has cleared or replaced its outputs. */
  disturbed: boolean;
}

/** A cell's outputs of one stream, by id. */
type Outputs = Map<string, { position: number; text: string }>;

export function checkLog(log: readonly LoggedEvent[]): LogVerdict {
  const checker = new LogChecker();
  for (const event of log) checker.read(event);
  return checker.end();
}

class LogChecker {
  readonly #requests = new Map<string, Request>();
  /** The sources of each cell since its current request was claimed, the newest last. */
  readonly #sources = new Map<string, string[]>();
  readonly #outputs = new Map<string, Outputs>();
  /** The last request of each cell that was begun, and the client that began it. */
  readonly #begun = new Map<string, { request: Request; by: string }>();
  readonly #sessions = new Set<string>();
  readonly #verdict: LogVerdict = { requests: 0, lost: [], doubled: [], stuck: [] };

  read(event: LoggedEvent): void {
    const { name, args, seqNum } = event;
    if (/^v\d\.(?:Terminal|Multimedia|Error|Markdown)\w*OutputAdded$/.test(name)) this.#follow(event);
    switch (name) {
      case "v1.CellSourceChanged":
        return this.#edit(args.id, args.source);
      case "v1.RuntimeSessionStarted":
        return void this.#sessions.add(args.sessionId);
      case "v1.RuntimeSessionTerminated":
        return void this.#sessions.delete(args.sessionId);
      case "v1.ExecutionRequested":
        return this.#request(args.queueId, args.cellId);
      case "v1.MultipleExecutionRequested":
        for (const { id, queueId } of args.cellsInfo) this.#request(queueId, id);
        return;
      case "v1.ExecutionAssigned":
        return this.#assign(args.queueId);
      case "v1.ExecutionStarted":
        return this.#start(event);
      case "v1.CellOutputsCleared":
        return this.#clear(args.cellId, !String(args.clearedBy).startsWith("runtime-"));
      case "v1.TerminalOutputAdded":
        return this.#print(args, seqNum);
      case "v1.ExecutionCompleted":
        return this.#end(args.queueId, args.status === "success" ? "completed" : "failed", seqNum);
      case "v1.ExecutionCancelled":
        return this.#end(args.queueId, "cancelled", seqNum);
      case "v1.AllExecutionsCancelled":
        for (const request of this.#requests.values()) if (request.ended === undefined) request.ended = "cancelled";
    }
  }

  end(): LogVerdict {
    for (const { queueId, ended, reopened, interrupted } of this.#requests.values()) {
      if (interrupted && ended !== "cancelled") {
        this.#verdict.doubled.push(`${queueId} was interrupted, and is ${ended}`);
      }
      if (ended === undefined) this.#verdict.stuck.push(`${queueId} has not ended`);
      else if (reopened) this.#verdict.stuck.push(`${queueId} was ${ended}, and is recorded as something else`);
    }
    return { ...this.#verdict, requests: this.#requests.size };
  }

  #request(queueId: string, cellId: string): void {
    if (this.#requests.has(queueId)) return;
    this.#requests.set(queueId, {
      queueId,
      cellId,
      begun: false,
      jobs: [],
      reopened: false,
      crossed: false,
      claimedLate: false,
      interrupted: false,
      disturbed: false,
    });
  }

  #edit(cellId: string, source: string): void {
    this.#sources.set(cellId, [...this.#sources.get(cellId) ?? [], source]);
  }

  #assign(queueId: string): void {
    const request = this.#requests.get(queueId);
    if (request === undefined) return;
    request.reopened = request.claimedLate = request.ended !== undefined;
    this.#sources.set(request.cellId, this.#sources.get(request.cellId)?.slice(-1) ?? []);
  }

  #start({ args, seqNum, clientId }: LoggedEvent): void {
    const { queueId, runtimeSessionId: session } = args;
    const request = this.#requests.get(queueId);
    if (request === undefined) return;
    const { lost, doubled } = this.#verdict;
    // A request that an ended session begins will be begun again, or has been aborted by the session's end.
    if (!this.#sessions.has(session)) return;
    this.#begun.set(request.cellId, { request, by: clientId });
    request.interrupted = false;
    if (request.ended !== undefined) {
      request.reopened = true;
      if (request.claimedLate) doubled.push(`${seqNum}: ${queueId} is begun although it has ended`);
      return;
    }
    for (const other of this.#requests.values()) {
      if (other === request) break;
      if (other.ended === undefined && !other.begun) lost.push(`${seqNum}: ${queueId} overtakes ${other.queueId}`);
    }
    for (const other of this.#requests.values()) {
      if (other !== request && other.begun && other.ended === undefined && other.session === session) {
        doubled.push(`${seqNum}: ${queueId} runs beside ${other.queueId}`);
      }
    }
    request.begun = true;
    request.session = session;
    request.disturbed = false;
    request.jobs = (this.#sources.get(request.cellId) ?? []).flatMap((source) => readJob(source) ?? []);
  }

  #clear(cellId: string, byOther: boolean): void {
    this.#outputs.delete(cellId);
    if (!byOther) return;
    for (const request of this.#running(cellId)) request.disturbed = true;
  }

  /**
   * Checks that no output of a run follows its `KeyboardInterrupt`, and that a `KeyboardInterrupt` does not follow
   * the run's end.
   */
  #follow({ args, seqNum, clientId }: LoggedEvent): void {
    const begun = this.#begun.get(args.cellId);
    // Outputs of a displaced runtime may arrive after the next one has begun.
    if (begun?.by !== clientId) return;
    const { request } = begun;
    const isInterrupt = args.content?.data?.ename === "KeyboardInterrupt";
    const hasEnded = request.ended === "completed" || request.ended === "failed";
    if (request.interrupted || (isInterrupt && hasEnded)) {
      this.#verdict.doubled.push(`${seqNum}: an output of ${request.queueId} after its end`);
    }
    request.interrupted ||= isInterrupt;
  }

  #print({ id, cellId, position, content, streamName }: LoggedEvent["args"], seqNum: number): void {
    if (streamName !== "stdout") return;
    const outputs = this.#outputs.get(cellId) ?? new Map();
    this.#outputs.set(cellId, outputs);
    const text = String(content?.data ?? "");
    outputs.set(id, { position, text });
    const owners = this.#running(cellId);
    const [, job] = /^job (\d+) /.exec(text) ?? [];
    if (
      job !== undefined && owners.length > 0 && owners.every(({ jobs }) => !jobs.some(({ id }) => String(id) === job))
    ) {
      this.#verdict.doubled.push(`${seqNum}: an output of job ${job} under ${cellId}, which runs another`);
    }
  }

  #running(cellId: string): Request[] {
    return [...this.#requests.values()].filter((request) =>
      request.cellId === cellId && request.begun && request.ended === undefined
    );
  }

  #end(queueId: string, ended: NonNullable<Request["ended"]>, seqNum: number): void {
    const request = this.#requests.get(queueId);
    if (request === undefined) return;
    const { lost, doubled } = this.#verdict;
    if (request.ended !== undefined) return this.#endAgain(request, ended, seqNum);
    const { jobs, disturbed, cellId } = request;
    const shown = textOf(this.#outputs.get(cellId));
    if (jobs.length > 0 && !disturbed && !jobs.some((job) => isRight(job, shown, ended))) {
      const list = jobs.some((job) => expectedText(job).startsWith(shown)) ? lost : doubled;
      list.push(`${seqNum}: ${queueId}, ${ended}, shows ${JSON.stringify(shown)}`);
    }
    request.ended = ended;
  }

  #endAgain(request: Request, ended: NonNullable<Request["ended"]>, seqNum: number): void {
    const { queueId, reopened, crossed } = request;
    request.reopened = false;
    // A person may cancel a request that has just ended. This only makes the cell idle.
    if (ended === "cancelled" || (reopened && request.ended === ended)) return;
    if (request.ended === "cancelled" && !crossed) request.reopened = request.crossed = true;
    else this.#verdict.doubled.push(`${seqNum}: ${queueId} is ${ended} after it was ${request.ended}`);
  }
}

/** Whether a job with this end may show this text: all of its text after a success, a beginning of it otherwise. */
function isRight(job: Job, shown: string, ended: NonNullable<Request["ended"]>): boolean {
  const whole = expectedText(job);
  if (ended === "completed") return shown === whole;
  return whole.startsWith(shown) || (job.fault === "endless" && shown.startsWith(whole));
}

function textOf(outputs: Outputs = new Map()): string {
  return [...outputs.values()].sort((a, b) => a.position - b.position).map(({ text }) => text).join("");
}
