/**
 * A table with the cost of a cell's requests: tokens, dollars and time.
 *
 * @module
 */

import { useRef } from "react";
import type { CellTrace, TracedRequest, TracedUsage } from "../../../src/execution/trace/cell_trace.ts";
import { describeDuration } from "../../../src/execution/trace/describe_trace.ts";
import { formatDollars } from "../../../src/execution/price.ts";
import { useScrollStops } from "../output/use_scroll_stops.ts";

/**
 * Renders the table, with dollars if the price is known. Counts that the server did not report are estimated in the sum and shown
 * as a dash elsewhere.
 */
export function TraceTokens({ trace: { requests, usage, firstTokenMs, totalMs } }: { trace: CellTrace }) {
  const place = useRef<HTMLDivElement>(null);
  useScrollStops(place);
  const isPriced = usage.cost !== undefined;
  const isWhole = requests.length === 1 && requests[0].usage !== undefined;
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
            {isPriced && <th scope="col">Cost</th>}
            <th scope="col">First token</th>
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request, index) => (
            <Row key={index} name={String(index + 1)} isPriced={isPriced} of={request} />
          ))}
          {!isWhole && <Row name="Together" isPriced={isPriced} of={{ usage, firstTokenMs, totalMs }} />}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  name: string;
  /** Whether there is a column for dollars. */
  isPriced: boolean;
  of: Pick<TracedRequest, "firstTokenMs" | "totalMs"> & { usage?: TracedUsage };
}

function Row({ name, isPriced, of: { usage, firstTokenMs, totalMs } }: RowProps) {
  const cells = [
    ...[usage?.input, usage?.cachedInput, usage?.output, usage?.reasoning].map((tokens) =>
      tokens?.toLocaleString("en-US")
    ),
    ...isPriced ? [usage?.cost === undefined ? undefined : formatDollars(usage.cost)] : [],
    ...[firstTokenMs, totalMs].map((ms) => ms === undefined ? undefined : describeDuration(ms)),
  ];
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map((text, index) => <td key={index}>{text ?? "–"}</td>)}
    </tr>
  );
}
