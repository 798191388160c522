/**
 * Lets the keyboard reach what scrolls sideways: a traceback, a formula, a wide table.
 *
 * @module
 */

import { type RefObject, useEffect } from "react";

/**
 * Makes elements a stop for Tab for as long as they are wider than their place.
 *
 * @param place the element, or what contains the elements
 * @param selector the elements in it; absent = the place itself
 */
export function useScrollStops(place: RefObject<HTMLElement | null>, selector?: string): void {
  useEffect(() => {
    const elements = selector === undefined ? [place.current!] : [...place.current!.querySelectorAll(selector)];
    const update = () => {
      // All are measured before any is changed: otherwise each makes the browser lay out the page anew.
      const areWide = elements.map((element) => element.scrollWidth > element.clientWidth);
      for (const [index, element] of elements.entries()) {
        if (areWide[index]) element.setAttribute("tabindex", "0");
        else element.removeAttribute("tabindex");
      }
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(place.current!);
    return () => observer.disconnect();
  });
}
