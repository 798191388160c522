/**
 * What an attachment to a notebook needs.
 *
 * @module
 */

import type { AgentStatus } from "../options/agent_status.ts";
import type { CellServiceOptions } from "./cell_service.ts";

/** What an attachment needs. */
export interface AttachmentOptions extends CellServiceOptions {
  runtimeId: string;
  /** Whether a notebook is taken back that another runtime has taken over since a runtime of this id served it. */
  takeBack: boolean;
  /** How long the server may take to answer at the start, in seconds. */
  connectTimeout: number;
  /** How many cells may begin within any minute; 0 is no limit. */
  maxCellsPerMinute: number;
  /** Whose cells are run; an empty list is everybody. */
  allowUsers: readonly string[];
  /** Whether Run All stops at a cell that raises or is interrupted. */
  stopOnError: boolean;
  /** Called when the state of the way to the notebook has changed, first from `starting`. */
  onStatus?(status: AgentStatus): void;
}
