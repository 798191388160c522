/**
 * The handlers of a kernel, by the type of request.
 *
 * @module
 */

import type { ReadFolder } from "../../repl/completion/file_names.ts";
import type { JsonObject } from "../message.ts";
import type { CellArchive } from "./cell_archive.ts";
import { completeRequest } from "./complete_request.ts";
import { historyRequest } from "./history_request.ts";
import { isCompleteRequest } from "./is_complete_request.ts";
import { kernelInfo } from "./kernel_info.ts";
import type { KernelRequest } from "./kernel_request.ts";
import type { Messenger } from "./messenger.ts";
import type { ServedShell } from "./served_shell.ts";
import type { SessionNames } from "./session_names.ts";

export interface Answer {
  content: JsonObject;
  metadata?: JsonObject;
}

/**
 * Answers one type of request. Returns `undefined` if the type has no reply.
 *
 * @throws {ContentError} if the request is not valid
 */
export type Handler = (request: KernelRequest, signal: AbortSignal) => Answer | undefined | Promise<Answer | undefined>;

export interface HandlerContext {
  /** This program's version. */
  version: string;
  /** Supplies the introduction, which changes when the model is known. */
  shell: Pick<ServedShell, "introduction">;
  names: SessionNames;
  archive: CellArchive;
  messenger: Messenger;
  readFolder: ReadFolder;
  execute: Handler;
  interrupt(): void;
}

export function requestHandlers(context: HandlerContext): ReadonlyMap<string, Handler> {
  const { version, shell, names, archive, messenger, readFolder, execute, interrupt } = context;
  const handlers: Record<string, Handler> = {
    kernel_info_request: () => ({ content: kernelInfo(version, shell.introduction) }),
    execute_request: execute,
    complete_request: ({ content }) => ({ content: completeRequest(content, { names: names.known, readFolder }) }),
    inspect_request: async ({ content }, signal) => ({ content: await names.inspector.inspect(content, signal) }),
    history_request: ({ content }) => ({ content: historyRequest(content, archive) }),
    is_complete_request: ({ content }) => ({ content: isCompleteRequest(content) }),
    comm_info_request: () => ({ content: { status: "ok", comms: {} } }),
    comm_open: ({ content, message: { header: parent } }) => {
      messenger.publish("comm_close", { comm_id: content.text("comm_id"), data: {} }, { parent });
      return undefined;
    },
    comm_msg: () => undefined,
    comm_close: () => undefined,
    debug_request: ({ message: { content } }) => ({ content: refuseDebugging(content) }),
    interrupt_request: () => {
      interrupt();
      return { content: { status: "ok" } };
    },
    shutdown_request: ({ channel, content, message: { header: parent } }) => {
      const answer = { status: "ok", restart: content.flag("restart", false) };
      if (channel === "control") interrupt();
      messenger.publish("shutdown_reply", answer, { parent });
      return { content: answer };
    },
  };
  return new Map(Object.entries(handlers));
}

/** Returns the error response of the Debug Adapter Protocol. */
function refuseDebugging(request: JsonObject): JsonObject {
  return {
    type: "response",
    request_seq: typeof request.seq === "number" ? request.seq : 0,
    command: typeof request.command === "string" ? request.command : "",
    success: false,
    message: "Nothing is executed, so there is nothing to debug.",
  };
}
