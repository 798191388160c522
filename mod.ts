/**
 * AIPython: a language model plays IPython. No code is executed.
 *
 * {@linkcode AIPythonAgent} is a runtime agent for an Anode notebook:
 *
 * ```ts
 * import { AIPythonAgent } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent({ model: "gpt-4o-mini" });
 * await agent.start();
 * console.log(`${agent.model} serves ${agent.settings.notebookId}`);
 * await agent.shutdown();
 * ```
 *
 * {@linkcode InteractiveShell} and {@linkcode executeCell} run cells without a notebook:
 *
 * ```ts
 * import { createModel, InteractiveShell } from "@runt/aipython-runtime-agent";
 *
 * const shell = new InteractiveShell({ model: await createModel({ model: "gpt-4o-mini" }) });
 * await shell.runCell("eggs = 12");
 * const { outputs } = await shell.runCell("eggs / 2");
 * console.log(outputs);
 * ```
 *
 * @module
 */

// A notebook
export { AIPythonAgent } from "./src/agent.ts";
export type { AgentStatus } from "./src/options/agent_status.ts";
export type { AIPythonAgentOptions, AIPythonSettings, ApiSetting, HttpHeaders } from "./src/options/settings.ts";
export type { CellSettings } from "./src/execution/cell_settings.ts";
export type { ReasoningMode } from "./src/execution/prompt/reasoning.ts";
export type { ToolMode } from "./src/execution/reply/tool_mode.ts";
export { RequestLimiter, type RequestPermit } from "./src/async/request_limiter.ts";
export type { LogFields, Logger } from "./src/logger.ts";

// Cells without a notebook
export { executeCell, type ExecuteCellOptions } from "./src/shell/execute_cell.ts";
export type { CellResult } from "./src/execution/execute_cell.ts";
export { InteractiveShell, type ShellCell } from "./src/shell/interactive_shell.ts";
export type { InteractiveShellOptions, RunCellOptions } from "./src/shell/shell_options.ts";
export { CellOutputs, type CellOutputsOptions, type OutputChange } from "./src/shell/cell_outputs.ts";
export type { ExecutionContext, InputRequest, StreamName } from "./src/execution/execution_context.ts";
export type {
  CellOutput,
  DisplayDataOutput,
  ErrorOutput,
  ExecuteResultOutput,
  StreamOutput,
} from "./src/execution/cell_output.ts";
export type { CellTelemetry, ObservedCell, ObservedEnd } from "./src/execution/cell_telemetry.ts";
export type { JsonValue } from "./src/media/json_value.ts";
export type { MimeBundle, MimeMetadata } from "./src/media/mime_bundle.ts";
export type { AnsweredInput, HistoryEntry } from "./src/execution/history_entry.ts";
export type { InputAnswer } from "./src/execution/input_answer.ts";
export type { CellFile } from "./src/execution/cell_file.ts";

// Models
export { createModel, type CreateModelOptions } from "./src/model/create_model.ts";
export type {
  AssistantTurn,
  FinishReason,
  Message,
  Model,
  ModelEvent,
  ModelRequest,
  ProviderDataEvent,
  ReasoningEffort,
  TokenUsage,
  ToolCall,
  ToolDefinition,
  UserTurn,
} from "./src/execution/model.ts";

// Costs, records, errors
export type { Price } from "./src/execution/price.ts";
export type { SessionUsage, UsageEvent, UsageLimits, UsageTotal } from "./src/execution/usage_meter.ts";
export type { ModelFailure } from "./src/model/model_failure.ts";
export type { AskAgainReason } from "./src/execution/reply/ask_again.ts";
export type {
  AskedWhy,
  CellTrace,
  TracedCell,
  TracedPart,
  TracedRequest,
  TracedTurn,
  TracedUsage,
} from "./src/execution/trace/cell_trace.ts";
export * from "./src/errors.ts";
