/**
 * Find and replace in the sources of all cells.
 *
 * @module
 */

import { useMemo, useRef, useState } from "react";
import type { CellRow } from "../store/queries.ts";
import { findMatches, type FindQuery, type Match, patternOf, replaceMatches } from "./find_matches.ts";
import type { CellControl } from "./use_cell_control.ts";

export interface FoundPlace {
  cellId: string;
  match: Match;
}

/** The matches in a cell, for its editor. */
export interface FoundInCell {
  matches: readonly Match[];
  /** The current match, if it is in this cell. */
  current?: Match;
}

/** The state of an open search. */
export interface Finding {
  query: FindQuery;
  change(change: Partial<FindQuery>): void;
  /** The reason nothing can be found. */
  problem?: string;
  count: number;
  cells: number;
  /** The number of the current match, from 1; 0 if there is none. */
  number: number;
  /** The outcome of the last replacement. */
  report?: string;
  /** Moves to the next or previous match. The first follows the last. */
  go(direction: -1 | 1): void;
  /** Replaces the current match and moves to the next. */
  replace(): void;
  replaceAll(): void;
}

export interface Find {
  isOpen: boolean;
  finding: Finding;
  /** The matches in the cells by cell id. The objects stay the same until they change. */
  found: ReadonlyMap<string, FoundInCell>;
  /**
   * Opens the search, or focuses its field again.
   *
   * @param text the text to search for. Default: the last one
   */
  open(text?: string): void;
  /** Closes the search. */
  stop(): void;
  /** Closes the search and returns the focus to the notebook. */
  close(): void;
  /** Changes whenever the field is to be focused. */
  opened: number;
}

const NOTHING: FindQuery = {
  text: "",
  replacement: "",
  isCaseSensitive: false,
  isWholeWord: false,
  isExpression: false,
};

/** Keeps the search of a notebook in a component's state. `open`, `stop` and `close` stay the same functions. */
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

  /** Returns the next match after the current one, or after the beginning of the selected cell. */
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
      // Continues after the replacement, so that it is not searched again.
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
