/**
 * Prints a web page without showing it.
 *
 * @module
 */

/** Prints a page without running its scripts. Resolves when the print dialog is closed. */
export async function printHtml(html: string): Promise<void> {
  const frame = document.createElement("iframe");
  frame.className = "unseen";
  frame.title = "The notebook, to be printed";
  frame.tabIndex = -1;
  // Printing needs access to the frame's document.
  frame.sandbox.add("allow-same-origin", "allow-modals");
  frame.srcdoc = html;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  try {
    await loaded;
    await Promise.all([...frame.contentDocument!.images].map((image) => image.decode().catch(() => {})));
    frame.contentWindow!.print();
  } finally {
    frame.remove();
  }
}
