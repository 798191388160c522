/**
 * The people in front of the notebooks, as a process of its own: it answers the first question, for the notebooks, when all are open,
 * and every further one, for a workload, with how long the cells took.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import { answerParent } from "./child.ts";
import { type CellTimes, NotebookVisitor } from "../../test/support/notebook_visitor.ts";

/** What the people do. */
export interface Workload {
  /** How many cells each of them runs, one after the other. */
  cells: number;
  /** Over how many milliseconds their first cells are spread, so that the cells of all begin at different moments. */
  spreadMs: number;
}

let visitors: { visitor: NotebookVisitor; cellId: string }[] = [];

await answerParent(async (question: { addresses: NotebookAddress[] } | Workload) => {
  if ("addresses" in question) {
    const opened = await Promise.all(question.addresses.map((address) => NotebookVisitor.open(address)));
    visitors = opened.map((visitor) => ({ visitor, cellId: visitor.addCell("for egg in basket: print(egg)") }));
    return null;
  }
  const times = await Promise.all(visitors.map((each, index) => play(each, index, question)));
  return { times: times.flat(), events: visitors.reduce((sum, { visitor }) => sum + visitor.events, 0) };
});
for (const { visitor } of visitors) await visitor.close();

async function play(
  { visitor, cellId }: typeof visitors[number],
  index: number,
  { cells, spreadMs }: Workload,
): Promise<CellTimes[]> {
  await new Promise((resolve) => setTimeout(resolve, index * spreadMs / visitors.length));
  const times: CellTimes[] = [];
  for (let number = 0; number < cells; number++) times.push(await visitor.run(cellId));
  return times;
}
