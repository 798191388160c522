/**
 * The description of itself and its model by llama.cpp's server, as observed with build b11669 and the template of
 * Llama 3.1.
 *
 * @module
 */

/** Tokens of Llama 3.1's context. */
export const LLAMA_CONTEXT = 131_072;

/** The properties that differ between servers. */
export interface LlamaServer {
  /** Tokens of the context that the model was loaded with. */
  context: number;
  /** Whether a turn may have several tool calls. Llama 3.1's template takes one. */
  severalCalls: boolean;
}

/** Returns the answer to `GET /props`, with the fields that concern the model. */
export function llamaProps({ context, severalCalls }: LlamaServer) {
  return {
    default_generation_settings: { n_ctx: context },
    total_slots: 1,
    chat_template_caps: {
      supports_object_arguments: true,
      supports_parallel_tool_calls: severalCalls,
      supports_preserve_reasoning: false,
      supports_reasoning_effort: false,
      supports_string_content: true,
      supports_system_role: true,
      supports_tool_calls: true,
      supports_tools: true,
      supports_typed_content: false,
    },
    build_info: "b11669",
  };
}
