/** A fault to play, once or `times` times, on the next calls that match. */
export interface InjectedFault {
  model?: string;
  method?: string;
  times?: number;
  /**
   * `cut-before` and `cut-after` close the connection before and after the call has its effect; `serialization` is the
   * fault after five server retries, `serialization-message` what a losing `load()` answers.
   */
  kind: 'cut-before' | 'cut-after' | 'http-502-html' | 'serialization' | 'serialization-message' | 'slow';
  ms?: number;
}

/** The faults still to be played. */
export class FaultInjection {
  #pending: (InjectedFault & { left: number })[] = [];

  add(fault: InjectedFault): void {
    this.#pending.push({ ...fault, left: fault.times ?? 1 });
  }

  /** The fault for this call, if there is one; it is used up. */
  take(model: string, method: string): InjectedFault | undefined {
    const fault = this.#pending.find(
      (each) => (each.model ?? model) === model && (each.method ?? method) === method && each.left > 0,
    );
    if (!fault) return undefined;
    fault.left--;
    this.#pending = this.#pending.filter((each) => each.left > 0);
    return fault;
  }
}
