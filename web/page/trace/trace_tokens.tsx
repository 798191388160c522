/**
 * A table of what a cell's requests cost: tokens and time.
 *
 * @module
 */

import { useRef } from "react";
import type { CellTrace, TracedRequest } from "../../../src/execution/trace/cell_trace.ts";
import { describeDuration } from "../../../src/execution/trace/describe_trace.ts";
import type { TokenUsage } from "../../../src/execution/model.ts";
import { useScrollStops } from "../output/use_scroll_stops.ts";

/** Draws the table. What a server does not tell is estimated in the sum, and a dash elsewhere. */
export function TraceTokens({ trace: { requests, usage, firstTokenMs, totalMs } }: { trace: CellTrace }) {
  const place = useRef<HTMLDivElement>(null);
  useScrollStops(place);
  return (
    <div ref={place} className="trace-tokens">
      <table>
        <caption>Tokens and time</caption>
        <thead>
          <tr>
            <th scope="col">Request</th>
            <th scope="col">In</th>
            <th scope="col">Cached</th>
            <th scope="col">Out</th>
            <th scope="col">Reasoning</th>
            <th scope="col">First token</th>
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request, index) => <Row key={index} name={String(index + 1)} of={request} />)}
          {requests.length !== 1 && <Row name="Together" of={{ usage, firstTokenMs, totalMs }} />}
        </tbody>
      </table>
    </div>
  );
}

function Row(
  { name, of }: { name: string; of: Pick<TracedRequest, "firstTokenMs" | "totalMs"> & { usage?: TokenUsage } },
) {
  const { usage, firstTokenMs, totalMs } = of;
  const cells = [
    ...[usage?.input, usage?.cachedInput, usage?.output, usage?.reasoning].map((tokens) =>
      tokens?.toLocaleString("en-US")
    ),
    ...[firstTokenMs, totalMs].map((ms) => ms === undefined ? undefined : describeDuration(ms)),
  ];
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map((text, index) => <td key={index}>{text ?? "–"}</td>)}
    </tr>
  );
}
