import type { Depth } from '../queue/depths.ts';
import { daysLeft, isEndingSoon, type KeyExpiry } from '../store/login.ts';
import { isUnanswered, type Pulse } from '../store/pulse.ts';

export interface Verdict {
  status: 'ok' | 'degraded' | 'down';
  /** One sentence. */
  message: string;
}

interface Signs {
  isPaired: boolean;
  pulse: Pulse;
  queues: readonly Depth[];
  failures: { records: number; isMore: boolean; causes: readonly Sign[] };
  key?: KeyExpiry | undefined;
}
interface Sign {
  code: string;
  title: string;
  remedy: string;
  records: number;
}

/** As long as these are the matter nothing arrives. */
const TOTAL = new Set(['CONNECTION_UNCONFIGURED', 'ODOO_AUTH', 'ODOO_DATABASE']);

/** What it comes to: `down`, nothing arrives; `degraded`, some records do not; `ok`. */
export function verdictOf({ isPaired, pulse, queues, failures, key }: Signs): Verdict {
  const down = (message: string): Verdict => ({ status: 'down', message });
  if (!isPaired) return down('The connection has no settings; pair it.');
  const { answeredAt = '', failedAt = '', failedCode = '' } = pulse;
  if (isUnanswered(pulse)) return down(`Odoo does not answer: ${failedCode} at ${failedAt}.`);
  const total = failures.causes.find(({ code }) => TOTAL.has(code));
  if (total !== undefined) return down(`${total.title}; ${counted(total.records, 'record')} parked. ${total.remedy}`);

  const degraded = (message: string): Verdict => ({ status: 'degraded', message });
  const [largest] = failures.causes;
  if (largest !== undefined) {
    const all = `${failures.isMore ? 'More than ' : ''}${counted(failures.records, 'record')} parked`;
    return degraded(`${all}, most of them (${largest.records}) because: ${largest.title}. ${largest.remedy}`);
  }
  const dead = sum(queues, 'deadLetters');
  if (dead > 0) return degraded(`${counted(dead, 'message')} given up by the consumers, about to be parked.`);

  if (key !== undefined && isEndingSoon(key)) {
    const days = daysLeft(key);
    const when = days <= 0 ? 'has expired' : `expires in ${days === 1 ? 'a day' : `${days} days`}`;
    const known = key.is === 'told' ? '' : ', if it was made when it was set';
    return degraded(`The API key of Odoo ${when}${known}: make a new one in Odoo, and set it here.`);
  }

  const open = sum(queues, 'waiting') + sum(queues, 'inFlight') + sum(queues, 'delayed');
  const heard = answeredAt === '' ? 'Odoo was not called yet' : `Odoo last answered at ${answeredAt}`;
  return { status: 'ok', message: `All is well: nothing is parked, ${counted(open, 'event')} on the way; ${heard}.` };
}

const sum = (queues: readonly Depth[], key: 'waiting' | 'inFlight' | 'delayed' | 'deadLetters'): number =>
  queues.reduce((total, queue) => total + queue[key], 0);

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? ' is' : 's are'}`;
