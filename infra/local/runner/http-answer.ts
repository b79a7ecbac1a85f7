/** What a function returned, as API Gateway's HTTP API makes an HTTP response of it (payload format 2.0). */

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer | string;
}

/** The gateway's own answers. */
export const gatewayAnswer = (status: number, message: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

/** An object with a status code is the response; anything else is its JSON body. */
export function answerOf(result: unknown): HttpAnswer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof result === 'string' ? result : JSON.stringify(result),
    };
  }
  const { statusCode, headers, body, isBase64Encoded, cookies } = result as Record<string, unknown>;
  const status = Number(statusCode);
  const wellFormed =
    Number.isInteger(status) &&
    status >= 100 &&
    status < 600 &&
    (body === undefined || body === null || typeof body === 'string') &&
    (headers === undefined || headers === null || typeof headers === 'object');
  if (!wellFormed) return gatewayAnswer(500, 'Internal Server Error');
  const named: HttpAnswer['headers'] = { 'content-type': 'text/plain; charset=utf-8' };
  for (const [name, value] of Object.entries(headers ?? {})) named[name.toLowerCase()] = String(value);
  if (Array.isArray(cookies)) named['set-cookie'] = cookies.map(String);
  return { status, headers: named, body: decode(body ?? '', isBase64Encoded === true) };
}

function decode(body: string, base64: boolean): Buffer | string {
  return base64 ? Buffer.from(body, 'base64') : body;
}
