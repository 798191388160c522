/**
 * Makes scrollable elements reachable by keyboard: a traceback, a formula, a wide table, a long text.
 *
 * @module
 */

import { type RefObject, useEffect } from "react";

/**
 * Makes elements a tab stop while their content is larger than they are.
 *
 * @param place the element, or the container of the elements
 * @param selector selects the elements in it. Default: `place` itself
 */
export function useScrollStops(place: RefObject<HTMLElement | null>, selector?: string): void {
  useEffect(() => {
    const elements = selector === undefined ? [place.current!] : [...place.current!.querySelectorAll(selector)];
    const update = () => {
      // All are measured before any is changed. Otherwise each change would make the browser lay out the page again.
      const areLarge = elements.map(scrolls);
      for (const [index, element] of elements.entries()) {
        if (areLarge[index]) element.setAttribute("tabindex", "0");
        else element.removeAttribute("tabindex");
      }
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(place.current!);
    return () => observer.disconnect();
  });
}

function scrolls(element: Element): boolean {
  if (element.scrollWidth > element.clientWidth) return true;
  return element.scrollHeight > element.clientHeight && getComputedStyle(element).overflowY === "auto";
}
