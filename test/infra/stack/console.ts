import { describe, expect, it } from 'vitest';
import { readable, synthesize } from '../fixture.ts';
import { deployed } from './deployed.ts';

const distribution = () =>
  Object.values(deployed.ofType('AWS::CloudFront::Distribution'))[0]?.Properties.DistributionConfig;

const policyOf = (synthesized: typeof deployed): string => {
  const [policy] = Object.values(synthesized.ofType('AWS::CloudFront::ResponseHeadersPolicy'));
  const { SecurityHeadersConfig } = policy?.Properties.ResponseHeadersPolicyConfig ?? {};
  return SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
};

describe('the console', () => {
  it('has its files in a bucket that nobody but the distribution reads', () => {
    const [bucket] = Object.values(deployed.ofType('AWS::S3::Bucket'));
    expect(bucket?.Properties.PublicAccessBlockConfiguration).toEqual({
      ...{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
    const [own] = distribution().Origins;
    expect(own.OriginAccessControlId).toBeDefined();
  });

  it('has the API below /v1 of its own origin, never cached, with every method', () => {
    const [behavior] = distribution().CacheBehaviors;
    expect(behavior).toMatchObject({ PathPattern: '/v1/*', ViewerProtocolPolicy: 'https-only' });
    expect(behavior.AllowedMethods).toEqual(expect.arrayContaining(['DELETE', 'PATCH', 'POST', 'PUT']));
    // AWS's own CachingDisabled.
    expect(behavior.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    const origin = distribution().Origins.find(({ Id }: { Id: string }) => Id === behavior.TargetOriginId);
    expect(JSON.stringify(origin.DomainName)).toContain('ApiEndpoint');
  });

  it('answers the address of every page with the one page there is', () => {
    const [code] = Object.values(deployed.ofType('AWS::CloudFront::Function'));
    const handler = new Function(`${code?.Properties.FunctionCode}; return handler;`)() as (event: object) => {
      uri: string;
    };
    const uri = (path: string) => handler({ request: { uri: path } }).uri;
    for (const page of ['/', '/records/customer', '/records/carrier/flat.flat']) expect(uri(page)).toBe('/index.html');
    expect(uri('/assets/index-1.js')).toBe('/assets/index-1.js');
    expect(uri('/config.json')).toBe('/config.json');
  });

  it('is held in a frame by nobody, or by the origins in the context', () => {
    expect(policyOf(deployed)).toContain("frame-ancestors 'none'");
    const shops = 'https://shop.example https://shop.example:8443';
    const framed = synthesize({ context: { consoleParents: shops.replace(' ', ', ') } });
    expect(policyOf(framed)).toContain(`frame-ancestors ${shops}`);
  });

  it('runs no script and no style that is not a file of its own', () => {
    expect(policyOf(deployed)).toContain("script-src 'self'; style-src 'self';");
    expect(policyOf(deployed)).not.toMatch(/unsafe|\*/);
  });

  it('tells where it is', () => {
    expect(readable(deployed.template.toJSON().Outputs.ConsoleUrl.Value)).toMatch(/^https:\/\/.+DomainName\/$/);
  });
});
