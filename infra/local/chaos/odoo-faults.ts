/** What goes wrong before and in an Odoo, as the proxies and workers of real ones were seen to answer. */
import { type Answer, httpFaults, type Kind } from './fault.ts';

const page = (status: number, title: string): Answer => ({
  ...{ status, type: 'text/html' },
  body: `<html>\n<head><title>${status} ${title}</title></head>\n<body><h1>${status} ${title}</h1><hr>nginx</body>\n</html>\n`,
});

/** A Python traceback, as XML-RPC carries it. */
function fault(lastLine: string): Answer {
  const text = `Traceback (most recent call last):\n  File "odoo/http.py", line 1, in dispatch\n${lastLine}\n`;
  const member = (name: string, value: string) => `<member><name>${name}</name><value>${value}</value></member>`;
  const struct = member('faultCode', '<int>1</int>') + member('faultString', `<string>${escaped(text)}</string>`);
  const body = `<?xml version='1.0'?>\n<methodResponse><fault><value><struct>${struct}</struct></value></fault></methodResponse>\n`;
  return { status: 200, type: 'text/xml', body };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const LOST_RACE = 'psycopg2.errors.SerializationFailure: could not serialize access due to concurrent update';
const DEADLOCK = 'psycopg2.errors.DeadlockDetected: deadlock detected';
const NO_DATABASE = 'psycopg2.OperationalError: server closed the connection unexpectedly';

/** Longer than the connector waits before it asks again, at the tempo of chaos. */
const LATER_MS = 2_500;

export const odooFaults = (lateMs: number): Kind[] => [
  ...httpFaults(lateMs),
  [1, { name: '429', passed: 0, gets: page(429, 'Too Many Requests') }],
  [1, { name: '500', passed: 0, gets: page(500, 'Internal Server Error') }],
  [1, { name: '502', passed: 0, gets: page(502, 'Bad Gateway') }],
  [1, { name: '503', passed: 0, gets: page(503, 'Service Unavailable') }],
  // The worker goes on when nginx has given up waiting for it.
  [2, { name: '504 after commit', passed: 1, gets: page(504, 'Gateway Time-out') }],
  // And what waits for a free worker is done although nobody is there any more: after it was asked for again, too.
  [1, { name: '504 before it is done', passed: 1, behindMs: 0, gets: page(504, 'Gateway Time-out') }],
  [2, { name: '504 long before it is done', passed: 1, behindMs: LATER_MS, gets: page(504, 'Gateway Time-out') }],
  [1, { name: 'maintenance page', passed: 0, gets: { ...page(200, 'Down for maintenance'), status: 200 } }],
  [2, { name: 'lost race', passed: 0, gets: fault(LOST_RACE) }],
  [1, { name: 'deadlock', passed: 0, gets: fault(DEADLOCK) }],
  [1, { name: 'lost database', passed: 0, gets: fault(NO_DATABASE) }],
];
