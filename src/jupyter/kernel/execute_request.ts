/**
 * Runs the cell of an `execute_request`.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import { unlessAborted } from "../../async/unless_aborted.ts";
import { AIPythonError, StdinNotImplementedError } from "../../errors.ts";
import type { ErrorOutput } from "../../execution/cell_output.ts";
import { keyboardInterrupt } from "../../execution/interrupted.ts";
import { ownError } from "../../execution/own_error.ts";
import type { UsageTotal } from "../../execution/usage_meter.ts";
import type { Logger } from "../../logger.ts";
import { cellDefinitions } from "../../python/cell_definitions.ts";
import type { InteractiveShell, ShellCell } from "../../shell/interactive_shell.ts";
import type { JsonObject } from "../message.ts";
import { CellPublisher, type Illustrate } from "./cell_publisher.ts";
import type { InputChannel } from "./input_channel.ts";
import type { KernelRequest } from "./kernel_request.ts";
import type { Messenger } from "./messenger.ts";
import { isQuestion, pagePayload, saysNotFound } from "./pager.ts";
import type { ServedShell } from "./served_shell.ts";
import { evaluateExpressions } from "./user_expressions.ts";

export interface ExecuteContext {
  shell: ServedShell;
  messenger: Messenger;
  input: InputChannel;
  illustrate: Illustrate;
  clock: Clock;
  logger: Logger;
  /** Whether a cell only leaves the session: `exit`. */
  leaves(code: string): boolean;
  /** Called when a cell has ended. It belongs to the history if it `isStored`. */
  onCell(code: string, cell: ShellCell, isStored: boolean): void;
}

export interface ExecuteReply {
  content: JsonObject;
  metadata: JsonObject;
  /** Whether waiting requests must be aborted. */
  stopsOthers: boolean;
}

interface ExecuteOptions {
  code: string;
  isSilent: boolean;
  storesHistory: boolean;
  allowsInput: boolean;
  stopsOnError: boolean;
  expressions: [name: string, code: string][];
}

/**
 * Runs a cell, and publishes its outputs.
 *
 * @throws {ContentError} if the request is not valid
 */
export async function execute(
  request: KernelRequest,
  context: ExecuteContext,
  signal: AbortSignal,
): Promise<ExecuteReply> {
  const options = readOptions(request);
  const started = context.clock.date().toISOString();
  const { shell } = context;
  const { header: parent } = request.message;
  const publish = (type: string, content: JsonObject) => context.messenger.publish(type, content, { parent });
  const executionCount = shell.executionCount;
  if (!options.isSilent) publish("execute_input", { code: options.code, execution_count: executionCount });
  const publisher = new CellPublisher({
    publish,
    // As in ipykernel: a result that is not stored has the number of the last stored cell.
    executionCount: options.storesHistory ? executionCount : executionCount - 1,
    isSilent: options.isSilent,
    isPaged: isQuestion(options.code),
    illustrate: context.illustrate,
    clock: context.clock,
  });
  const run = new CellRun(request, options, publisher, context, signal);
  const ended = await run.run();
  const failed = ended.content.status === "error";
  return {
    content: { ...ended.content, execution_count: shell.executionCount - 1, payload: ended.payload },
    metadata: {
      started,
      status: ended.content.status,
      aipython: { model: shell.model, simulated: true, ...ended.usage && { usage: ended.usage } },
    },
    stopsOthers: failed && options.stopsOnError,
  };
}

function readOptions({ content }: KernelRequest): ExecuteOptions {
  const isSilent = content.flag("silent", false);
  return {
    code: content.text("code"),
    isSilent,
    storesHistory: !isSilent && content.flag("store_history", true),
    allowsInput: content.flag("allow_stdin", false),
    stopsOnError: content.flag("stop_on_error", true),
    expressions: content.texts("user_expressions"),
  };
}

/** Tells a front end such as a console to shut down the kernel and end. Front ends that cannot be left ignore it. */
const LEAVING: JsonObject = { source: "ask_exit", keepkernel: false };

interface RunEnd {
  content: JsonObject & { status: "ok" | "error" };
  payload: JsonObject[];
  usage?: JsonObject;
}

class CellRun {
  readonly #request: KernelRequest;
  readonly #options: ExecuteOptions;
  readonly #publisher: CellPublisher;
  readonly #context: ExecuteContext;
  readonly #signal: AbortSignal;

  constructor(
    request: KernelRequest,
    options: ExecuteOptions,
    publisher: CellPublisher,
    context: ExecuteContext,
    signal: AbortSignal,
  ) {
    this.#request = request;
    this.#options = options;
    this.#publisher = publisher;
    this.#context = context;
    this.#signal = signal;
  }

  async run(): Promise<RunEnd> {
    const { code } = this.#options;
    const { shell } = this.#context;
    if (code.trim() === "") return { content: { status: "ok", user_expressions: {} }, payload: [] };
    if (this.#context.leaves(code)) return { content: { status: "ok", user_expressions: {} }, payload: [LEAVING] };
    try {
      const opened = await unlessAborted(shell.open(), this.#signal);
      return await this.#runIn(opened.shell);
    } catch (error) {
      const { executionCount } = shell;
      if (this.#signal.aborted) return await this.#fail(keyboardInterrupt({ executionCount, code }));
      if (!(error instanceof AIPythonError)) throw error;
      this.#context.logger.debug("the cell was not run", { reason: error.message });
      return await this.#fail(ownError(error.name, error.message));
    }
  }

  async #runIn(shell: InteractiveShell): Promise<RunEnd> {
    const { code, isSilent, storesHistory, allowsInput, expressions } = this.#options;
    const { input, logger } = this.#context;
    const { client, message: { header } } = this.#request;
    const signal = this.#signal;
    const cell = await shell.runCell(code, {
      onChange: (change) => this.#publisher.change(change),
      onWait: (reason) => reason === undefined ? undefined : logger.info(reason),
      onInput: async (request, signal) => {
        await this.#publisher.end();
        if (!allowsInput) throw new StdinNotImplementedError();
        return await input.ask(client, header, request, signal);
      },
      storeHistory: storesHistory,
      // A cell that defines nothing need not be remembered.
      isSilent: isSilent && cellDefinitions(code).length === 0,
      signal,
    });
    const payload = this.#page();
    await this.#publisher.end();
    this.#context.onCell(code, cell, storesHistory);
    const hasFailed = cell.status !== "success";
    const values = hasFailed ? {} : await evaluateExpressions(expressions, shell, signal);
    const usage = sum([cell.usage, ...Object.values(values).map(({ usage }) => usage)]);
    logger.info("a cell has ended", { executionCount: cell.executionCount, status: cell.status, ...usage });
    const user_expressions = Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
    const status = hasFailed ? { status: "error", ...errorOf(cell) } as const : { status: "ok" } as const;
    return { content: { ...status, user_expressions }, payload, usage };
  }

  /** Makes a payload of the text for the pager. A text that says "not found" is published instead. */
  #page(): JsonObject[] {
    const { paged } = this.#publisher;
    if (paged.trim() === "") return [];
    if (!saysNotFound(paged)) return [pagePayload(paged)];
    this.#publisher.text("stdout", paged);
    return [];
  }

  /** Publishes an error and ends the cell with it. */
  async #fail(error: ErrorOutput): Promise<RunEnd> {
    this.#publisher.change({ type: "added", output: error });
    await this.#publisher.end();
    const { ename, evalue, traceback } = error;
    return { content: { status: "error", ename, evalue, traceback, user_expressions: {} }, payload: [] };
  }
}

function sum(usages: readonly UsageTotal[]): Record<string, number> {
  const add = (name: keyof UsageTotal) => usages.reduce((total, usage) => total + (usage[name] ?? 0), 0);
  const counts = {
    requests: add("requests"),
    input: add("input"),
    cachedInput: add("cachedInput"),
    output: add("output"),
  };
  return usages.some(({ cost }) => cost !== undefined) ? { ...counts, cost: add("cost") } : counts;
}

/** The exception that ended a cell. An exception that is only on stderr, such as IPython's `UsageError`, has no traceback. */
function errorOf({ outputs, error = "" }: ShellCell): JsonObject {
  const shown = outputs.findLast((output) => output.type === "error");
  if (shown !== undefined) return { ename: shown.ename, evalue: shown.evalue, traceback: shown.traceback };
  const [, ename, evalue] = /^([\w.]+)(?:: ([^]*))?$/.exec(error) ?? [];
  return { ename: ename ?? "Error", evalue: evalue ?? (ename === undefined ? error : ""), traceback: [] };
}
