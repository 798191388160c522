/**
 * Keeps an output that cannot be drawn from taking the whole page with it: a model makes outputs up, and may make up anything.
 *
 * @module
 */

import { Component, type ReactNode } from "react";

/** What the boundary needs. */
export interface OutputBoundaryProps {
  /** The output; when it changes, drawing is tried again. */
  output: unknown;
  children: ReactNode;
}

interface OutputBoundaryState {
  output?: unknown;
  fault?: Error;
}

/** Draws what is in it, or says that it cannot be drawn. */
export class OutputBoundary extends Component<OutputBoundaryProps, OutputBoundaryState> {
  /** Nothing has gone wrong yet. */
  override readonly state: OutputBoundaryState = {};

  /** React calls this when drawing has failed. */
  static getDerivedStateFromError(fault: Error): Pick<OutputBoundaryState, "fault"> {
    return { fault };
  }

  /** React calls this before each drawing. */
  static getDerivedStateFromProps(
    { output }: OutputBoundaryProps,
    state: OutputBoundaryState,
  ): OutputBoundaryState | null {
    return output === state.output ? null : { output, fault: undefined };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return <p className="no-content">This output cannot be drawn: {fault.message}</p>;
  }
}
