/**
 * Where a notebook is, and what opens it.
 *
 * @module
 */

/** Where a notebook is, and what opens it. */
export interface NotebookAddress {
  /** The WebSocket base of the sync server, which also stores the notebook's artifacts. */
  syncUrl: string;
  /** The token that the server asks for. */
  authToken: string;
  /** The notebook's id, which is LiveStore's store id. */
  notebookId: string;
}
