import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { asConnectorError } from '../../lib/errors/index.ts';
import { base } from './base.ts';
import { isServerFault, problem } from './problem.ts';
import { countForApi, logger } from './telemetry.ts';

export type HttpResult = APIGatewayProxyStructuredResultV2;

/** The stack of a handler behind the HTTP API: telemetry, and every error as problem details. */
export function httpStack<Event extends APIGatewayProxyEventV2>() {
  return base<Event, HttpResult>().use(errorsAsProblems<Event>());
}

function errorsAsProblems<Event>(): MiddlewareObj<Event, HttpResult> {
  return {
    onError(request) {
      const error = asConnectorError(request.error);
      if (error.code === 'INTERNAL') logger.error('unforeseen', { error: error.cause as Error });
      else logger.info('refused', { code: error.code, detail: error.message });
      // The gateway counts every 5xx, also each answer that Odoo is down: of that somebody is told already.
      if (isServerFault(error.code)) countForApi('ServerErrors');
      request.response = problem(error);
    },
  };
}
