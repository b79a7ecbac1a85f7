/** The console on CloudFront: its files from a private bucket, the API behind the same origin. */
import { existsSync } from 'node:fs';
import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { consoleHeaders, FILE, type ConsoleSite as Site } from '../console-policy.ts';
import { deployFiles } from './console-files.ts';
import { accept } from './nag.ts';

export interface ConsoleSiteProps {
  /** What `npm run build:console` has made. */
  folder: string;
  /** The packages of the store's extension; nothing is offered if there is no such folder. */
  packages: string;
  api: HttpApi;
  site: Site;
  stackName: string;
}

/** Every address that is no file's is answered with the page that all of them are. */
const SINGLE_PAGE = `function handler(event) {
  var request = event.request;
  if (!${FILE}.test(request.uri)) request.uri = '/index.html';
  return request;
}`;

/** A distribution with the console at `/` and the API at `/v1/`. */
export class ConsoleSite extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, { folder, packages, api, site, stackName }: ConsoleSiteProps) {
    super(scope, 'Console');
    const bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // It holds nothing that a deployment does not bring again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    accept(bucket, 'S1', 'The files are the same public code for everybody, and only the distribution reads them.');
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `${stackName}: the console`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.headers(site, stackName),
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(this, 'SinglePage', {
              comment: 'Answers the address of every page with the one page there is',
              runtime: FunctionRuntime.JS_2_0,
              code: FunctionCode.fromInline(SINGLE_PAGE),
            }),
          },
        ],
      },
      additionalBehaviors: {
        '/v1/*': {
          origin: new HttpOrigin(Fn.parseDomainName(api.apiEndpoint)),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          // The gateway answers to its own name only.
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
    });
    this.acceptFindings();
    deployFiles(this, {
      folder,
      packages: existsSync(packages) ? packages : undefined,
      site,
      bucket,
      distribution: this.distribution,
    });
  }

  /** Where the console is. */
  get url(): string {
    return `https://${this.distribution.distributionDomainName}/`;
  }

  private headers(site: Site, stackName: string): ResponseHeadersPolicy {
    const { 'content-security-policy': policy = '', ...others } = consoleHeaders(site);
    return new ResponseHeadersPolicy(this, 'Headers', {
      // Names are the account's, not the region's.
      responseHeadersPolicyName: `${stackName}-${Stack.of(this).region}-console`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
        contentTypeOptions: { override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
        // Older browsers know nothing of frame-ancestors, and this header knows no origins.
        ...(site.parents.length === 0 && { frameOptions: { frameOption: HeadersFrameOption.DENY, override: true } }),
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(others)
          .filter(([header]) => header !== 'x-content-type-options')
          .map(([header, value]) => ({ header, value, override: true })),
      },
    });
  }

  private acceptFindings(): void {
    const { distribution } = this;
    accept(
      distribution,
      'CFR1',
      'Merchants and those who look after their stores sit anywhere: no country is refused.',
    );
    accept(
      distribution,
      'CFR2',
      'The files are public and static; the API behind it verifies every token and throttles.',
    );
    accept(
      distribution,
      'CFR3',
      'The API has an access log of its own; who fetched the public files is nobody’s business.',
    );
    accept(
      distribution,
      'CFR4',
      'Its own domain name comes with the default certificate; TLS versions follow a domain of one’s own.',
    );
  }
}
