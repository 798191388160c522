/**
 * Lets the keyboard reach what scrolls: a traceback, a formula, a wide table, a long text.
 *
 * @module
 */

import { type RefObject, useEffect } from "react";

/**
 * Makes elements a stop for Tab for as long as they are larger than their place.
 *
 * @param place the element, or what contains the elements
 * @param selector the elements in it; absent = the place itself
 */
export function useScrollStops(place: RefObject<HTMLElement | null>, selector?: string): void {
  useEffect(() => {
    const elements = selector === undefined ? [place.current!] : [...place.current!.querySelectorAll(selector)];
    const update = () => {
      // All are measured before any is changed: otherwise each makes the browser lay out the page anew.
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
