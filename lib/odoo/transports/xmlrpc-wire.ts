/**
 * XML-RPC of the `xmlrpc` package, which has no limits of its own: what is called and what is answered are written
 * and read by it, the way between them is ours.
 */
import type http from 'node:http';
import type { Writable } from 'node:stream';
import Deserializer from 'xmlrpc/lib/deserializer.js';
import { serializeMethodCall } from 'xmlrpc/lib/serializer.js';
import { MAX_DEPTH, MAX_VALUES } from '../../bounds.ts';
import { request } from '../../outbound/request.ts';
import { MAX_ANSWER_BYTES, UnreadableAnswer } from './transport.ts';

/**
 * A list within a list is three tags. Deeper is nothing that Odoo answers: who walks through it later does so by
 * recursion, and the parser looks through all open tags for one that nobody opened.
 */
const MOST_OPEN_TAGS = 3 * MAX_DEPTH;
/** A value has a tag, and its type another one. */
const MOST_TAGS = 2 * MAX_VALUES;

/** Whoever answers may answer anything. */
export interface XmlRpcFault {
  faultCode: unknown;
  faultString?: unknown;
}
/** @returns whether an error is the other side's refusal */
export const isFault = (error: unknown): error is XmlRpcFault =>
  (error as Partial<XmlRpcFault> | null)?.faultCode !== undefined;

/** @throws UnreadableAnswer, an `XmlRpcFault`, and what `request` throws */
export async function callXmlRpc(
  url: URL,
  method: string,
  params: readonly unknown[],
  { agent, timeoutMs }: { agent: http.Agent; timeoutMs: number },
): Promise<unknown> {
  const { status, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', accept: 'text/xml' },
    body: serializeMethodCall(method, params),
    maxBytes: MAX_ANSWER_BYTES,
    agent,
    timeoutMs,
  });
  if (status !== 200) throw new UnreadableAnswer(status, undefined);
  try {
    return await readXmlRpc(body.toString('utf8'));
  } catch (error) {
    throw isFault(error) ? error : new UnreadableAnswer(status, error);
  }
}

/** The value of a method's response. @throws an `XmlRpcFault`, or any Error where it is none */
export async function readXmlRpc(text: string): Promise<unknown> {
  const deserializer = new Deserializer();
  deserializer.endStruct = endStruct;
  let [open, tags] = [0, 0];
  deserializer.parser.on('opentag', () => {
    open += 1;
    tags += 1;
    if (tags > MOST_TAGS) throw new Error(`The answer has more than ${MOST_TAGS} tags.`);
    if (open > MOST_OPEN_TAGS) throw new Error(`The answer has more than ${MOST_OPEN_TAGS} tags within each other.`);
  });
  deserializer.parser.on('closetag', () => {
    open -= 1;
  });
  return new Promise((resolve, reject) => {
    // All at once and within this call: what the package throws in a stream's event would end the process.
    const whole = { setEncoding: () => {}, on: () => {}, pipe: (parser: Writable) => void parser.end(text) };
    deserializer.deserializeMethodResponse(whole, (error, value) => (error ? reject(error) : resolve(value)));
    reject(new Error('The answer ends without a value.'));
  });
}

/** As the package's own, but a member called `__proto__` is a member and no prototype. */
function endStruct(this: Deserializer): void {
  const items = this.stack.splice(this.marks.pop() ?? 0);
  const pairs: [PropertyKey, unknown][] = [];
  for (let index = 0; index < items.length; index += 2) pairs.push([String(items[index]), items[index + 1]]);
  this.push(Object.fromEntries(pairs));
  this.value = false;
}
