/**
 * The address of a notebook and the token that opens it.
 *
 * @module
 */

export interface NotebookAddress {
  /** The sync server's WebSocket base URL. The server also stores the notebook's artifacts. */
  syncUrl: string;
  authToken: string;
  /** The notebook's id, which is LiveStore's store id. */
  notebookId: string;
}
