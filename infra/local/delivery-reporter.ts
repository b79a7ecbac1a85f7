import type { Delivery } from './store/courier.ts';

/** Says once that deliveries fail, and once that they no longer do. */
export function reporter(tell: (text: string) => void): (delivery: Delivery) => void {
  let failing = false;
  return ({ problem }) => {
    if (problem !== undefined && !failing) tell(`the store cannot deliver: ${problem}`);
    if (problem === undefined && failing) tell('the store delivers again');
    failing = problem !== undefined;
  };
}
