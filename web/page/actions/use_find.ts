/**
 * Finding and replacing in the sources of all cells.
 *
 * @module
 */

import { useMemo, useRef, useState } from "react";
import type { CellRow } from "../store/queries.ts";
import { findMatches, type FindQuery, type Match, patternOf, replaceMatches } from "./find_matches.ts";
import type { CellControl } from "./use_cell_control.ts";

/** A place where something was found. */
export interface FoundPlace {
  cellId: string;
  match: Match;
}

/** What is found in a cell, for its editor. */
export interface FoundInCell {
  matches: readonly Match[];
  /** The one that is looked at; absent where it is in another cell. */
  current?: Match;
}

/** A finding that is under way. */
export interface Finding {
  query: FindQuery;
  change(change: Partial<FindQuery>): void;
  /** Why nothing can be found. */
  problem?: string;
  /** How many places there are, in how many cells. */
  count: number;
  cells: number;
  /** The place that is looked at, from 1; 0 where there is none. */
  number: number;
  /** What became of the last replacement. */
  report?: string;
  /** Goes to the next place, or to the one before; from the last one to the first. */
  go(direction: -1 | 1): void;
  /** Replaces the place that is looked at, and goes to the next. */
  replace(): void;
  replaceAll(): void;
}

/** All that a notebook's page needs of it. */
export interface Find {
  isOpen: boolean;
  finding: Finding;
  /** What is found in the cells, by their ids; the same objects as long as they are. */
  found: ReadonlyMap<string, FoundInCell>;
  /** Begins, or puts the cursor into the field again. @param text what is looked for. Default: what was */
  open(text?: string): void;
  /** Ends it. */
  stop(): void;
  /** Ends it, and gives the focus back to the notebook. */
  close(): void;
  /** Changes whenever the field is to have the focus. */
  opened: number;
}

const NOTHING: FindQuery = {
  text: "",
  replacement: "",
  isCaseSensitive: false,
  isWholeWord: false,
  isExpression: false,
};

/** Keeps a finding for a notebook. `open`, `stop` and `close` are the same functions every time. */
export function useFind(cells: readonly CellRow[], control: CellControl): Find {
  const [isOpen, setOpen] = useState(false);
  const [opened, setOpened] = useState(0);
  const [query, setQuery] = useState(NOTHING);
  const [at, setAt] = useState<{ cellId: string; from: number }>();
  const [report, setReport] = useState<string>();
  const { actions } = control;
  const pattern = useMemo(() => patternOf(query), [query]);

  const search = (): FoundPlace[] => {
    const { expression } = pattern;
    if (expression === undefined) return [];
    return actions.cells.flatMap(({ id, source }) =>
      findMatches(actions.drafts.read(id) ?? source, expression, query).map((match) => ({ cellId: id, match }))
    );
  };
  const places = useMemo(() => isOpen ? search() : [], [isOpen, query, cells]);
  const index = places.findIndex(({ cellId, match }) => cellId === at?.cellId && match.from === at.from);
  const current = places[index];

  const found = useMemo(() => {
    const byCell = Map.groupBy(places, ({ cellId }) => cellId);
    return new Map(
      Array.from(byCell, ([id, all]) => [id, {
        matches: all.map(({ match }) => match),
        current: current?.cellId === id ? current.match : undefined,
      }]),
    );
  }, [places, current]);

  const look = (place: FoundPlace | undefined) => {
    setAt(place === undefined ? undefined : { cellId: place.cellId, from: place.match.from });
    if (place !== undefined) control.reveal(place.cellId);
  };

  /** The next place behind the one that was looked at, or behind the selected cell's beginning. */
  const nextIn = (all: readonly FoundPlace[], direction: -1 | 1, from = at): FoundPlace | undefined => {
    if (all.length === 0) return undefined;
    const order = new Map(actions.cells.map(({ id }, place) => [id, place]));
    const start = from === undefined
      ? [order.get(control.selected()[0] ?? "") ?? 0, -1] as const
      : [order.get(from.cellId) ?? 0, from.from] as const;
    const isBehind = ({ cellId, match }: FoundPlace) =>
      order.get(cellId)! > start[0] || order.get(cellId)! === start[0] && match.from > start[1];
    const isBefore = ({ cellId, match }: FoundPlace) =>
      order.get(cellId)! < start[0] || order.get(cellId)! === start[0] && match.from < start[1];
    return direction === 1 ? all.find(isBehind) ?? all[0] : all.findLast(isBefore) ?? all.at(-1);
  };

  const replaceIn = (chosen: readonly FoundPlace[]) => {
    const byCell = Map.groupBy(chosen, ({ cellId }) => cellId);
    const changes = actions.cells.filter(({ id }) => byCell.has(id)).map(({ id, source }) => {
      const before = actions.drafts.read(id) ?? source;
      return { id, before, after: replaceMatches(before, byCell.get(id)!.map(({ match }) => match)) };
    });
    actions.edits.replaceTexts(changes);
    return changes.length;
  };

  const finding: Finding = {
    query,
    change(change) {
      setQuery((before) => ({ ...before, ...change }));
      setReport(undefined);
      if (change.replacement === undefined) setAt(undefined);
    },
    problem: pattern.problem,
    count: places.length,
    cells: found.size,
    number: index + 1,
    report,
    go(direction) {
      setReport(undefined);
      look(nextIn(search(), direction));
    },
    replace() {
      const now = search();
      const place = now.find(({ cellId, match }) => cellId === at?.cellId && match.from === at.from);
      if (place === undefined) return look(nextIn(now, 1));
      replaceIn([place]);
      const { cellId, match: { from, replacement } } = place;
      setReport("1 replaced.");
      // What was just written is not looked at again.
      look(nextIn(search(), 1, { cellId, from: from + Math.max(replacement.length - 1, 0) }));
    },
    replaceAll() {
      const now = search();
      const count = replaceIn(now);
      setAt(undefined);
      setReport(
        now.length === 0
          ? "Nothing was found."
          : `${now.length.toLocaleString("en")} replaced in ${count} ${count === 1 ? "cell" : "cells"}.`,
      );
    },
  };

  const latest = useRef(at);
  latest.current = at;
  const { open, stop, close } = useMemo(() => ({
    open(text?: string) {
      if (text !== undefined && text !== "") setQuery((before) => ({ ...before, text }));
      setAt(undefined);
      setReport(undefined);
      setOpen(true);
      setOpened((now) => now + 1);
    },
    stop: () => setOpen(false),
    close() {
      setOpen(false);
      const id = latest.current?.cellId ?? control.selected()[0];
      if (id !== undefined) control.command(id);
    },
  }), [control]);
  return { isOpen, finding, found, open, stop, close, opened };
}
