/**
 * The record of a cell: the model's requests, its answers, and their cost, all as text.
 *
 * @module
 */

import type { CellTrace, TracedRequest } from "../../../src/execution/trace/cell_trace.ts";
import {
  describeCell,
  describeCellEnd,
  describeDuration,
  describeReplyEnd,
  describeShape,
  describeWhy,
} from "../../../src/execution/trace/describe_trace.ts";
import { Notice } from "../widget/notice.tsx";
import { TracePart, TraceTurn } from "./trace_text.tsx";
import { TraceTokens } from "./trace_tokens.tsx";

export function TraceView({ trace }: { trace: CellTrace }) {
  const { model, startedAt, totalMs, error, requests, requestsLeftOut = 0 } = trace;
  return (
    <>
      <p className="trace-sum">
        {describeCell(trace)} {describeCellEnd(trace)}: asked {model}, {new Date(startedAt).toLocaleString()},{" "}
        {describeDuration(totalMs)}.
      </p>
      {error !== undefined && <p className="trace-problem">{error}</p>}
      <p className="trace-sum">
        These are the exchanges of the last execution. They are kept on this machine, and secrets are hidden.
      </p>
      <TraceTokens trace={trace} />
      {requests.map((request, index) => <Request key={index} request={request} number={index + 1} />)}
      {requestsLeftOut > 0 && (
        <Notice kind="hint">There were {requestsLeftOut} more requests, which are not kept.</Notice>
      )}
    </>
  );
}

function Request({ request, number }: { request: TracedRequest; number: number }) {
  const { problem, turns, retries, waits, reply, replyCharacters, isReplyCut, failure, messages, estimatedTokens } =
    request;
  const delays = [...retries, ...waits.filter((wait) => !retries.includes(wait))];
  return (
    <section aria-label={`Request ${number}`}>
      <h3>{number}. {describeWhy(request)}</h3>
      {problem !== undefined && <p className="trace-problem">{problem}</p>}
      <p className="trace-facts">
        {describeShape(request)}; {messages} messages, about {estimatedTokens.toLocaleString("en-US")} tokens
        {request.attempts > 1 && `; sent ${request.attempts} times`}
      </p>
      {turns.map((turn, index) => <TraceTurn key={index} turn={turn} />)}
      {delays.length > 0 && (
        <ul className="trace-delays">{delays.map((delay, index) => <li key={index}>{delay}</li>)}</ul>
      )}
      <h4>Reply ({describeReplyEnd(request)})</h4>
      {reply.map((part, index) => <TracePart key={index} part={part} />)}
      {reply.length === 0 && failure === undefined && <p className="trace-facts">Nothing.</p>}
      {isReplyCut && (
        <p className="trace-facts">
          This is the beginning of a reply of {replyCharacters.toLocaleString("en-US")} characters.
        </p>
      )}
      {failure !== undefined && <p className="trace-problem">{failure}</p>}
    </section>
  );
}
