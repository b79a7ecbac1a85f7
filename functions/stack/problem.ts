import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ConnectorError, catalog, type ErrorCode } from '../../lib/errors/index.ts';

const statuses: Partial<Record<ErrorCode, number>> = {
  BODY_NOT_JSON: 400,
  BODY_INVALID: 400,
  BODY_TOO_LARGE: 413,
  TOO_MANY_EVENTS: 413,
  EVENT_INVALID: 400,
  SIGNATURE_REFUSED: 401,
  TOKEN_REFUSED: 403,
  QUERY_INVALID: 400,
  PATH_INVALID: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  VALUE_REFUSED: 422,
  EXPORT_UNCONFIGURED: 422,
  QUEUE_UNAVAILABLE: 503,
  // What the Odoo behind the API does, or its lane
  CONNECTION_UNCONFIGURED: 409,
  ADDRESS_PRIVATE: 502,
  LANE_BUSY: 503,
  LANE_LOST: 503,
  ODOO_BUSY: 503,
  ODOO_RATE_LIMITED: 503,
  ODOO_TIMEOUT: 504,
  ODOO_UNREACHABLE: 502,
  ODOO_UNAVAILABLE: 502,
  ODOO_AUTH: 502,
  ODOO_DATABASE: 502,
  ODOO_ACCESS: 502,
  ODOO_MODEL_UNKNOWN: 502,
  ODOO_FIELD_UNKNOWN: 502,
  ODOO_REFUSED: 502,
  ODOO_RECORD_GONE: 502,
  ODOO_FAULT: 502,
};

export const statusOf = (code: ErrorCode): number => statuses[code] ?? 500;

/** What Odoo, the store or their addresses bring about, or a lane that others use: nothing is wrong with this deployment. */
const OF_OTHERS = /^(ODOO|STORE)_|^LANE_BUSY$|^ADDRESS_PRIVATE$/;
/** Whether somebody who looks after the deployment should know that a request was answered so. */
export const isServerFault = (code: ErrorCode): boolean => statusOf(code) >= 500 && !OF_OTHERS.test(code);

/** A JSON answer. */
export function json(statusCode: number, body: unknown, type = 'application/json'): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': type, 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}

/** An error as problem details (RFC 9457). `more` adds members of one's own. */
export function problem(error: ConnectorError, more: Record<string, unknown> = {}): APIGatewayProxyStructuredResultV2 {
  const { code, message, fields, current } = error;
  const status = statusOf(code);
  return json(
    status,
    {
      type: `urn:opencart-odoo:error:${code}`,
      title: catalog[code].title,
      status,
      code,
      detail: message,
      ...(fields === undefined ? {} : { errors: fields }),
      ...(current === undefined ? {} : { current }),
      ...more,
    },
    'application/problem+json',
  );
}
