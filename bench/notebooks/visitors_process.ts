/**
 * Simulates the people at the notebooks in a separate process. The first question names the notebooks, and is
 * answered when all are open. Every further question is a workload, and is answered with the times of its cells.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import { answerParent } from "./child.ts";
import { type CellTimes, NotebookVisitor } from "../../test/support/notebook_visitor.ts";

export interface Workload {
  /** The number of cells that each person runs, one after the other. */
  cells: number;
  /** The time over which the people's first cells are spread, so that not all cells begin at the same time. */
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
