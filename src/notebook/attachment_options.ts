/**
 * The options of an attachment to a notebook.
 *
 * @module
 */

import type { AgentStatus } from "../options/agent_status.ts";
import type { CellServiceOptions } from "./cell_service.ts";

export interface AttachmentOptions extends CellServiceOptions {
  runtimeId: string;
  /** Whether to take back a notebook that another runtime has taken over since a runtime with this id served it. */
  takeBack: boolean;
  /** How long the server may take to answer at the start, in seconds. */
  connectTimeout: number;
  /** The number of cells that may begin within any minute; 0 means no limit. */
  maxCellsPerMinute: number;
  /** The users whose cells are run. An empty list allows everybody. */
  allowUsers: readonly string[];
  /** Whether a Run All stops at a cell that raises or is interrupted. */
  stopOnError: boolean;
  /** Called when the status of the connection has changed. The status before the first call is `starting`. */
  onStatus?(status: AgentStatus): void;
}
