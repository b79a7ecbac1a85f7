import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { ZodType } from 'zod';
import { jsonProblem } from '../../lib/bounds.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import { checkedBy } from '../../lib/errors/zod.ts';
import type { HttpResult } from './http.ts';

/** The body's bytes as they were sent: a signature is over them, not over what they mean. */
export function rawBody(event: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
}

/** Refuses a body over a size, before anything looks at it. */
export function limitBody(maxBytes: number): MiddlewareObj<APIGatewayProxyEventV2, HttpResult> {
  return {
    before({ event }) {
      const { length } = rawBody(event);
      if (length > maxBytes) {
        throw new ConnectorError('BODY_TOO_LARGE', `The body has ${length} bytes; at most ${maxBytes} are taken.`);
      }
    },
  };
}

export type Parsed<T> = APIGatewayProxyEventV2 & { parsed: T };

/** Parses the body as JSON and by a schema. */
export function parseBody<T>(schema: ZodType<T>): MiddlewareObj<Parsed<T>, HttpResult> {
  return {
    before({ event }) {
      const result = checkedBy(schema, parseJson(rawBody(event).toString('utf8')));
      if (!result.success) {
        const fields = result.problems;
        throw new ConnectorError('BODY_INVALID', 'The body does not have the expected shape.', { fields });
      }
      event.parsed = result.data;
    },
  };
}

/** @throws ConnectorError BODY_NOT_JSON, BODY_INVALID */
export function parseJson(text: string): unknown {
  const reason = jsonProblem(text);
  if (reason !== undefined) {
    throw new ConnectorError('BODY_INVALID', `The body ${reason}.`, { fields: [{ path: '', reason }] });
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the body.
    throw new ConnectorError('BODY_NOT_JSON', 'The body is not JSON.');
  }
}
