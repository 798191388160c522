/**
 * Links to places in the page: to headings, and to named elements of texts.
 *
 * @module
 */

import { type RefObject, useEffect, useMemo, useRef } from "react";
import { PLACE_EVENT } from "../output/follow_link.ts";
import { slugOf } from "../output/heading_ids.ts";
import type { Heading } from "./use_headings.ts";

/** The distance below the header at which a link's target appears, in CSS pixels. */
const GAP = 12;

/**
 * Handles links such as `#my-heading` in the cells, and the fragment in the address.
 *
 * @param place the element with the cells
 * @returns a function that goes to a place by its fragment, moves the focus there, and returns whether the place exists
 */
export function usePlaces(
  place: RefObject<HTMLElement | null>,
  headings: readonly Heading[],
): (fragment: string) => boolean {
  const latest = useRef(headings);
  latest.current = headings;
  const goTo = useMemo(() => (fragment: string) => {
    const target = findPlace(place.current!, decoded(fragment), latest.current);
    if (target === undefined) return false;
    if (!target.matches("[tabindex], a[href]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    const head = document.querySelector(".head")?.getBoundingClientRect().height ?? 0;
    target.style.scrollMarginTop = `${head + GAP}px`;
    target.scrollIntoView({ block: "start" });
    return true;
  }, [place]);

  useEffect(() => {
    const visit = (fragment: string) => {
      if (!goTo(fragment)) return;
      if (location.hash !== `#${fragment}`) history.pushState(null, "", `#${fragment}`);
    };
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.(".markdown a");
      const href = (link?.getAttribute("href") ?? link?.getAttribute("xlink:href"))?.trim();
      if (!href?.startsWith("#") || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      visit(href.slice(1));
    };
    const onPlace = (event: Event) => visit((event as CustomEvent<string>).detail);
    const onBack = () => location.hash !== "" && goTo(location.hash.slice(1));
    const cells = place.current!;
    cells.addEventListener("click", onClick);
    addEventListener(PLACE_EVENT, onPlace);
    addEventListener("popstate", onBack);
    return () => {
      cells.removeEventListener("click", onClick);
      removeEventListener(PLACE_EVENT, onPlace);
      removeEventListener("popstate", onBack);
    };
  }, [place, goTo]);

  const isThere = useRef(location.hash === "");
  useEffect(() => {
    if (!isThere.current) isThere.current = goTo(location.hash.slice(1));
  }, [headings, goTo]);
  return goTo;
}

function findPlace(cells: HTMLElement, name: string, headings: readonly Heading[]): HTMLElement | undefined {
  if (name === "") return undefined;
  const heading = headings.find(({ id }) => id === name) ?? headings.find(({ id }) => id === slugOf(name));
  const selectors = [`[data-anchor=${CSS.escape(name)}]`];
  if (heading !== undefined) {
    selectors.unshift(`#${CSS.escape(heading.id)}`);
    selectors.push(`[data-cell=${CSS.escape(heading.cellId)}]`);
  }
  for (const selector of selectors) {
    const element = cells.querySelector<HTMLElement>(selector);
    if (element !== null) return element;
  }
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
