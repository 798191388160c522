/**
 * The parameters that OpenAI's models accept through the Responses interface, according to the server's errors. The
 * table is separate from the client's, so that each tests the other.
 *
 * @module
 */

import { listOf, RefusedRequest, unsupportedParameter } from "./responses_refusal.ts";

/** A kind of model that reasons. */
interface ReasoningModel {
  name: RegExp;
  efforts: readonly string[];
  /** The model's default effort. */
  usual: string;
}

const OLD = ["low", "medium", "high"];
const NEW = [...OLD, "xhigh"];

/** The first match counts. All other models do not reason. */
const REASONING_MODELS: readonly ReasoningModel[] = [
  { name: /^gpt-5(\.\d+)?-chat/, efforts: ["medium"], usual: "medium" },
  { name: /^gpt-5-pro/, efforts: ["high"], usual: "high" },
  { name: /^gpt-5\.\d+-pro/, efforts: ["medium", "high", "xhigh"], usual: "medium" },
  { name: /^gpt-5(\.[12])?-codex/, efforts: OLD, usual: "medium" },
  { name: /^gpt-5(-|$)/, efforts: ["minimal", ...OLD], usual: "medium" },
  { name: /^gpt-5\.1/, efforts: ["none", ...OLD], usual: "none" },
  { name: /^gpt-5\.[2-4]/, efforts: ["none", ...NEW], usual: "none" },
  { name: /^gpt-5\.5/, efforts: ["none", ...NEW], usual: "medium" },
  { name: /^gpt-6-astra|^gpt-6\.1-sol/, efforts: [...NEW, "max"], usual: "medium" },
  { name: /^gpt-(5\.[6-9]|6)/, efforts: ["none", ...NEW, "max"], usual: "medium" },
  { name: /^o\d/, efforts: OLD, usual: "medium" },
];

export const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/** The parts of a request that not all models support. */
export interface Wishes {
  model: string;
  effort?: string;
  /** Whether encrypted reasoning is requested. */
  encrypted: boolean;
  /** The parameters among `temperature` and `top_p` that are set. */
  sampling: readonly string[];
}

/**
 * Refuses parameters that the model does not support.
 *
 * @throws {RefusedRequest} with the first unsupported parameter
 */
export function checkCapabilities({ model, effort, encrypted, sampling }: Wishes): void {
  const kind = REASONING_MODELS.find(({ name }) => name.test(model));
  if (kind === undefined) {
    if (effort !== undefined) throw unsupportedParameter("reasoning.effort", "unsupported_parameter");
    if (encrypted) throw new RefusedRequest("Encrypted content is not supported with this model.", "include");
    return;
  }
  if (effort !== undefined && !kind.efforts.includes(effort)) {
    const message = `Unsupported value: '${effort}' is not supported with the '${model}' model. ` +
      `Supported values are: ${listOf(kind.efforts)}.`;
    throw new RefusedRequest(message, "reasoning.effort", "unsupported_value");
  }
  if (sampling.length > 0 && (effort ?? kind.usual) !== "none") throw unsupportedParameter(sampling[0]);
}
