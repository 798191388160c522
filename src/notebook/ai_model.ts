/**
 * The model that a runtime session announces for AI cells, as the notebook contract defines it.
 *
 * @module
 */

/** A model: one entry of `capabilities.availableAiModels`. */
export interface AiModel {
  /** The model's name. AI cells refer to it as `aiModel`. */
  name: string;
  /** The name that the web app shows. */
  displayName: string;
  /** The provider's name. AI cells refer to it as `aiProvider`. */
  provider: string;
  /** The model's abilities. The web app offers only models with `tools` for AI cells. */
  capabilities: readonly ("completion" | "tools" | "vision" | "thinking")[];
}
