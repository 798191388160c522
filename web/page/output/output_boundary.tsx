/**
 * An error boundary around an output: if rendering it fails, the rest of the page stays. A model writes the outputs and may write
 * anything.
 *
 * @module
 */

import { Component, type ReactNode } from "react";

export interface OutputBoundaryProps {
  /** Rendering is tried again when this value changes. */
  output: unknown;
  children: ReactNode;
}

interface OutputBoundaryState {
  output?: unknown;
  fault?: Error;
}

/** Renders the children, or says that the output cannot be rendered. */
export class OutputBoundary extends Component<OutputBoundaryProps, OutputBoundaryState> {
  override readonly state: OutputBoundaryState = {};

  static getDerivedStateFromError(fault: Error): Pick<OutputBoundaryState, "fault"> {
    return { fault };
  }

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
