/**
 * Keeps an output that cannot be drawn from taking the whole page with it: a model makes outputs up, and may make up anything.
 *
 * @module
 */

import { Component, type ReactNode } from "react";

/** Draws what is in it, or says that it cannot be drawn. */
export class OutputBoundary extends Component<{ children: ReactNode }, { fault?: Error }> {
  /** Nothing has gone wrong yet. */
  override readonly state: { fault?: Error } = {};

  /** React calls this when drawing has failed. */
  static getDerivedStateFromError(fault: Error): { fault: Error } {
    return { fault };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return <p className="no-content">This output cannot be drawn: {fault.message}</p>;
  }
}
