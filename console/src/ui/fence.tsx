import { Component, type ReactNode } from 'react';
import { ProblemNote } from './states.tsx';

/** A page that fails fails alone; the menu stays. */
export class Fence extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <ProblemNote error={error} retry={() => location.reload()} />;
  }
}
