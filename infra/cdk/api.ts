/** The HTTP API: routes, authorizer, throttling, access log. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RouteSpec } from '../topology.ts';
import type { ConnectorFunction } from './connector-function.ts';
import { accept } from './nag.ts';
import type { Settings } from './settings.ts';

/**
 * What is written of each request: enough to find it in the functions' logs and to see who asks too much. That takes
 * the sender's address, which those do not have. The path says which record a failed request was about, by its id;
 * the query, in which people search for names, is left out.
 */
const accessLogFields = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  // Lambda's id of what the gateway asked of the function, whose lines call it function_request_id.
  functionRequestId: '$context.integration.requestId',
  ip: '$context.identity.sourceIp',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  error: '$context.error.message',
};

/** The HTTP API in front of every function that has a route. */
export class Api extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, functions: readonly ConnectorFunction[], settings: Settings) {
    super(scope, 'Api');
    const routed = functions.filter(({ spec }) => spec.routes);
    const origins = settings.consoleOrigins;
    this.api = new HttpApi(this, 'HttpApi', {
      apiName: settings.stackName,
      description: "The store's events, and the connector's own API",
      // The stage below has the access log and the throttling, which this one could not.
      createDefaultStage: false,
      ...(origins.length > 0 && {
        corsPreflight: {
          allowOrigins: [...origins],
          allowMethods: [
            ...new Set(routed.flatMap(({ spec }) => (spec.routes ?? []).map(({ method }) => CorsHttpMethod[method]))),
          ],
          allowHeaders: ['authorization', 'content-type'],
          // Where a file's next page begins, and what the file is called.
          exposeHeaders: ['x-next-cursor', 'content-disposition'],
          maxAge: Duration.hours(1),
        },
      }),
    });
    this.stage(settings);
    const authorizer = tokenAuthorizer(functions.find(({ spec }) => spec.authorizer)?.function);
    for (const target of routed) {
      const integration = new HttpLambdaIntegration(target.name, target.function);
      for (const route of target.spec.routes ?? []) this.route(route, integration, authorizer);
    }
  }

  /** The address of a path of the API. */
  url(path: string): string {
    return `${this.api.apiEndpoint}${path}`;
  }

  private stage(settings: Settings): void {
    const logs = new LogGroup(this, 'AccessLog', {
      // Below this name, log delivery does not use up the account's limited log resource policy.
      logGroupName: `/aws/vendedlogs/${settings.stackName}/api`,
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: settings.throttle,
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }

  private route(
    { method, path, access }: RouteSpec,
    integration: HttpLambdaIntegration,
    authorizer?: IHttpRouteAuthorizer,
  ): void {
    const signed = access === 'signed';
    if (!signed && !authorizer) throw new Error(`${method} ${path} needs an authorizer and the topology has none.`);
    const routes = this.api.addRoutes({
      path,
      methods: [HttpMethod[method]],
      integration,
      authorizer: signed || !authorizer ? new HttpNoneAuthorizer() : authorizer,
    });
    if (!signed) return;
    for (const route of routes) {
      accept(
        route,
        'APIG4',
        'The store signs the request: the signature covers the body, which an authorizer is not given, so the function verifies it first thing.',
      );
    }
  }
}

/**
 * Verifies bearer tokens. Its answer is remembered for a minute per token and for all routes, so it can
 * only say who somebody is, and until when; whether that suffices for a route, and still does, is checked by the
 * route's function.
 */
function tokenAuthorizer(verifier: LambdaFunction | undefined): IHttpRouteAuthorizer | undefined {
  return (
    verifier &&
    new HttpLambdaAuthorizer('Tokens', verifier, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: ['$request.header.Authorization'],
      resultsCacheTtl: Duration.seconds(60),
    })
  );
}
