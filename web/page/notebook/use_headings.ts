/**
 * The headings in a notebook's rendered Markdown cells.
 *
 * @module
 */

import { type RefObject, useEffect, useState } from "react";
import { headingIds } from "../output/heading_ids.ts";

export interface Heading {
  id: string;
  /** From 1 to 6. */
  level: number;
  text: string;
  cellId: string;
}

/** The time for which changes of the page are collected before headings are read again, in milliseconds. */
const PAUSE_MS = 150;

const HEADINGS = ":is(h1, h2, h3, h4, h5, h6)";

/**
 * Gives the headings their ids, and lists them in the order of the page. The headings of a cell that is being edited stay as they
 * were.
 *
 * @param place the element with the cells
 */
export function useHeadings(place: RefObject<HTMLElement | null>): readonly Heading[] {
  const [headings, setHeadings] = useState<readonly Heading[]>([]);
  useEffect(() => {
    let known: readonly Heading[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const update = () => {
      timer = undefined;
      const next = readHeadings(place.current!, known);
      if (JSON.stringify(next) === JSON.stringify(known)) return;
      known = next;
      setHeadings(next);
    };
    const observer = new MutationObserver(() => {
      timer ??= setTimeout(update, PAUSE_MS);
    });
    observer.observe(place.current!, { childList: true, subtree: true });
    update();
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [place]);
  return headings;
}

/** A heading that is rendered, or was before its cell was edited. */
interface Found extends Omit<Heading, "id"> {
  element?: HTMLElement;
}

function readHeadings(place: HTMLElement, known: readonly Heading[]): Heading[] {
  const found = [...place.querySelectorAll<HTMLElement>(".cell[data-cell]")].flatMap((cell): Found[] => {
    const cellId = cell.dataset.cell!;
    const isDrawn = cell.querySelector(".rendered") !== null;
    const isEdited = !isDrawn && cell.dataset.editing !== undefined;
    if (isEdited) return known.filter((heading) => heading.cellId === cellId);
    return [...cell.querySelectorAll<HTMLElement>(`.rendered .markdown ${HEADINGS}`)].map((element) => ({
      element,
      level: Number(element.localName[1]),
      text: element.textContent.trim(),
      cellId,
    }));
  });
  const own = new Set<Element | undefined>(found.map(({ element }) => element));
  const isTaken = (id: string) => {
    const element = document.getElementById(id);
    return element !== null && !own.has(element);
  };
  const ids = headingIds(found.map(({ text }) => text), isTaken);
  for (const [index, { element }] of found.entries()) {
    if (element === undefined || element.id === ids[index]) continue;
    if (ids[index] === "") element.removeAttribute("id");
    else element.id = ids[index];
  }
  return found.flatMap(({ level, text, cellId }, index) => {
    return ids[index] === "" ? [] : [{ id: ids[index], level, text, cellId }];
  });
}
