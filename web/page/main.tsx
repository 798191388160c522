/**
 * The entry point of the notebook page.
 *
 * @module
 */

import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

createRoot(document.getElementById("page")!).render(<App />);
