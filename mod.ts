/**
 * AIPython: a runtime agent for Anode notebooks in which a language model plays IPython. Nothing runs.
 *
 * ```ts
 * import { AIPythonAgent } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent({ model: "gpt-4o-mini" });
 * await agent.start();
 * await agent.keepAlive();
 * ```
 *
 * @module
 */

export { AIPythonAgent } from "./src/agent.ts";
export type { AgentStatus } from "./src/options/agent_status.ts";
export type { AIPythonAgentOptions, AIPythonSettings, ApiSetting, HttpHeaders } from "./src/options/settings.ts";
export * from "./src/errors.ts";
export type { FinishReason, ReasoningEffort, TokenUsage } from "./src/execution/model.ts";
export type { Price } from "./src/execution/price.ts";
export type { ModelFailure } from "./src/model/model_failure.ts";
export type { CellSettings } from "./src/execution/cell_settings.ts";
export type { ReasoningMode } from "./src/execution/prompt/reasoning.ts";
export type { AskAgainReason } from "./src/execution/reply/ask_again.ts";
export type { ToolMode } from "./src/execution/reply/tool_mode.ts";
export type { SessionUsage, UsageEvent, UsageTotal } from "./src/execution/usage_meter.ts";
export type {
  AskedWhy,
  CellTrace,
  TracedCell,
  TracedPart,
  TracedRequest,
  TracedTurn,
  TracedUsage,
} from "./src/execution/trace/cell_trace.ts";
export { RequestLimiter, type RequestPermit } from "./src/async/request_limiter.ts";
export type { LogFields, Logger } from "./src/logger.ts";
export type { ExecutionContext, InputRequest, StreamName } from "./src/execution/execution_context.ts";
export type { JsonValue } from "./src/media/json_value.ts";
export type { MimeBundle, MimeMetadata } from "./src/media/mime_bundle.ts";
