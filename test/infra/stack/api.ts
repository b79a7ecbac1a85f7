import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { functions } from '../../../infra/topology.ts';
import { build, readable, synthesize } from '../fixture.ts';
import { deployed } from './deployed.ts';

const { template, ofType } = deployed;
const routed = Object.entries(functions).flatMap(([name, { routes = [] }]) =>
  routes.map((route) => ({ name, ...route })),
);

describe('the API', () => {
  it('has the routes of the topology and no other', () => {
    const keys = Object.values(ofType('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey);
    expect(keys.sort()).toEqual(routed.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(routed)('$method $path leads to $name, checked as access $access says', ({ name, method, path, access }) => {
    const [route] = Object.values(ofType('AWS::ApiGatewayV2::Route')).filter(
      ({ Properties }) => Properties.RouteKey === `${method} ${path}`,
    );
    expect(route?.Properties.AuthorizationType).toBe(access === 'signed' ? 'NONE' : 'CUSTOM');
    expect(route?.Properties.AuthorizerId === undefined).toBe(access === 'signed');
    const integration = readable(route?.Properties.Target).replace('integrations/', '');
    const { Properties } = ofType('AWS::ApiGatewayV2::Integration')[integration] ?? {};
    expect(Properties).toMatchObject({ PayloadFormatVersion: '2.0', IntegrationType: 'AWS_PROXY' });
    const target = readable(Properties.IntegrationUri).replace('.Arn', '');
    expect(ofType('AWS::Lambda::Function')[target]?.Properties.FunctionName).toBe(`OpenCartOdoo-${name}`);
  });

  it('asks one authorizer, and remembers its answer per token for a minute', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 1);
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.Authorization'],
      AuthorizerResultTtlInSeconds: 60,
    });
  });

  it('refuses to be built with a route that nobody guards', () => {
    const { authorizer: _, ...unguarded } = functions;
    expect(() => build({ functions: unguarded })).toThrow('needs an authorizer');
  });

  it('is throttled and logs each request as JSON', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 },
      AccessLogSettings: { DestinationArn: Match.anyValue() },
    });
    const [stage] = Object.values(ofType('AWS::ApiGatewayV2::Stage'));
    expect(JSON.parse(stage?.Properties.AccessLogSettings.Format)).toMatchObject({
      requestId: '$context.requestId',
      // What the function's own lines call function_request_id: they know nothing of the gateway's id.
      functionRequestId: '$context.integration.requestId',
    });
  });

  it('writes of who asks the address only: nothing of a query, a token or what it says', () => {
    const [stage] = Object.values(ofType('AWS::ApiGatewayV2::Stage'));
    const written: string[] = Object.values(JSON.parse(stage?.Properties.AccessLogSettings.Format));
    expect(written.filter((value) => value.startsWith('$context.identity.'))).toEqual(['$context.identity.sourceIp']);
    for (const value of written) expect(value).not.toMatch(/query|header|authorizer\.(?!error$)|requestOverride/i);
  });

  it('answers no browser page but those of the origins told', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: Match.absent() });
    const console = 'https://console.example.com';
    synthesize({ context: { consoleOrigins: `${console}, http://localhost:8080` } }).template.hasResourceProperties(
      'AWS::ApiGatewayV2::Api',
      { CorsConfiguration: Match.objectLike({ AllowOrigins: [console, 'http://localhost:8080'] }) },
    );
  });

  it('is told to whoever deploys, with the address for the store', () => {
    const outputs = template.toJSON().Outputs;
    expect(Object.keys(outputs).sort()).toEqual([
      'AlarmTopicArn',
      'ApiUrl',
      'ConnectionsTable',
      'ConsoleUrl',
      'EventsUrl',
      'MappingsTable',
      'SecretPrefix',
    ]);
    expect(readable(outputs.EventsUrl.Value)).toMatch(/\.ApiEndpoint\/v1\/events$/);
  });

  it('comes with the beginning of the names of its secrets, which the command line has to be told', () => {
    const second = synthesize({ context: { stackName: 'Second', secretPrefix: 'second' } });
    second.template.hasOutput('SecretPrefix', { Value: 'second' });
  });
});
