/**
 * What llama.cpp's server tells about itself and its model, as build b11669 was seen to with the template of Llama 3.1.
 *
 * @module
 */

/** Tokens of Llama 3.1's context. */
const CONTEXT = 131_072;

/** The answer to `GET /props`, as far as it concerns the model. */
export const llamaProps = {
  default_generation_settings: { n_ctx: CONTEXT },
  total_slots: 1,
  chat_template_caps: {
    supports_object_arguments: true,
    supports_parallel_tool_calls: false,
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

/** What stands with a model in the answer to `GET /v1/models`. */
export const llamaListing = { owned_by: "llamacpp", meta: { n_ctx: CONTEXT } };
