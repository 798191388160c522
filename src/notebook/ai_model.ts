/**
 * The model that a runtime session announces for AI cells; from the notebook contract.
 *
 * @module
 */

/** A model, as `capabilities.availableAiModels` holds it. */
export interface AiModel {
  /** Its name, which AI cells carry as `aiModel`. */
  name: string;
  /** What the app shows. */
  displayName: string;
  /** Who has it, which AI cells carry as `aiProvider`. */
  provider: string;
  /** What it can do. The app offers only models with `tools` for AI cells. */
  capabilities: readonly ("completion" | "tools" | "vision" | "thinking")[];
}
