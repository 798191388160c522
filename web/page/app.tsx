/**
 * The page: the list of notebooks, or one notebook.
 *
 * @module
 */

import { useSite } from "./api/use_site.ts";
import { HomePage } from "./home/home_page.tsx";
import { useLocation } from "./navigation/use_location.ts";
import { NotebookPage } from "./notebook/notebook_page.tsx";
import { Notice } from "./widget/notice.tsx";

/** Renders the page at the current address. */
export function App() {
  const path = useLocation();
  const site = useSite();
  if (site.error !== undefined) {
    return (
      <main className="home">
        <Notice kind="problem">{site.error.message} Then reload this page.</Notice>
      </main>
    );
  }
  if (site.value === undefined) return <main className="home" aria-busy />;
  const id = /^\/notebooks\/(\w+)$/.exec(path)?.[1];
  const place = { site: site.value, onSettings: site.again };
  return id === undefined ? <HomePage {...place} /> : <NotebookPage key={id} id={id} {...place} />;
}
