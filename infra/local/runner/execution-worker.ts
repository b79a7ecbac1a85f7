/**
 * The inside of an execution environment: loads one function's bundle and calls its handler, one event at a
 * time. It is bundled too and runs in a worker thread, as Node cannot load TypeScript there by itself.
 */
import { parentPort, workerData } from 'node:worker_threads';
import * as timekeeper from 'timekeeper';
import type { EnvironmentData, Invocation, Order, Report } from './protocol.ts';

type Handler = (event: unknown, context: object) => unknown;

/** Lambda's limit on what a handler answers. */
const maxResultBytes = 6_291_556;

const { code, functionName, memoryMB, clockAheadMs } = workerData as EnvironmentData;
const port = parentPort;
if (!port) throw new Error('An execution environment runs in a worker thread only');
const report = (message: Report) => port.postMessage(message);

/** The clock of the machine that all this runs on. */
const trueNow = () => performance.timeOrigin + performance.now();
/** Sets what `Date` says; timers and `performance` go on as they are. */
const setClock = (aheadMs: number) => (aheadMs === 0 ? timekeeper.reset() : timekeeper.travel(trueNow() + aheadMs));

setClock(clockAheadMs);
const module = (await import(code)) as { handler?: Handler };
const { handler } = module;
if (typeof handler !== 'function') throw new Error(`${code} exports no function "handler"`);

port.on('message', (order: Order) => {
  if (order.kind === 'invoke') void invoke(handler, order.invocation);
  else if (order.kind === 'set clock') setClock(order.aheadMs);
  // Lets the thread end by itself, and so what it has printed arrive.
  else port.close();
});
report({ kind: 'ready' });

async function invoke(call: Handler, invocation: Invocation): Promise<void> {
  const { requestId } = invocation;
  try {
    const result = JSON.stringify(await call(JSON.parse(invocation.event), contextOf(invocation))) ?? 'null';
    if (Buffer.byteLength(result) > maxResultBytes) {
      throw new Error(`Response payload size exceeded maximum allowed payload size (${maxResultBytes} bytes).`);
    }
    report({ kind: 'done', requestId, result, heapBytes: process.memoryUsage().heapUsed });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    report({ kind: 'failed', requestId, error: { name, message, stack } });
  }
}

function contextOf({ requestId, deadline }: Invocation): object {
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: String(memoryMB),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - trueNow()),
  };
}
