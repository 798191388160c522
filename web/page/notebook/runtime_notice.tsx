/**
 * Notices about problems that keep the notebook from running.
 *
 * @module
 */

import { ApiError, type RuntimeStatus } from "../api/api.ts";
import type { Answer } from "../api/use_answer.ts";
import type { Connection } from "../store/notebook_session.ts";
import { Notice } from "../widget/notice.tsx";

export interface RuntimeNoticeProps {
  connection: Connection;
  runtime: Answer<RuntimeStatus>;
  isRestarting: boolean;
  openSettings(): void;
}

export function RuntimeNotice({ connection, runtime, isRestarting, openSettings }: RuntimeNoticeProps) {
  return (
    <>
      {connection.state === "lost" && (
        <Notice kind="problem">
          There is no connection to the server on this machine. What you do is kept, and sent when it is back.
        </Notice>
      )}
      {connection.state === "ended" && (
        <Notice
          kind="problem"
          action={
            <button
              type="button"
              onClick={() => location.reload()}
            >
              Reload
            </button>
          }
        >
          This page has lost its notebook ({connection.reason}).
        </Notice>
      )}
      {runtime.error instanceof ApiError && runtime.error.status === 404 && (
        <Notice kind="problem">This notebook was deleted from the list. Download it, if you want to keep it.</Notice>
      )}
      {!isRestarting && runtime.value?.state === "displaced" && (
        <Notice kind="problem">
          Another runtime has taken this notebook over and runs its cells. “Restart” takes it back.
        </Notice>
      )}
      {!isRestarting && runtime.value?.state === "ended" && (
        <Notice kind="problem">
          The runtime was ended in the notebook, and no other one runs its cells. “Restart” starts it again.
        </Notice>
      )}
      {!isRestarting && runtime.value?.state === "failed" && (
        <Notice kind="problem" action={<button type="button" onClick={openSettings}>Settings</button>}>
          No cell can be run: {runtime.value.problem} “Restart” tries again.
        </Notice>
      )}
    </>
  );
}
