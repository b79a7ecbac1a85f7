/**
 * In a bundle, in place of `@aws-sdk/credential-provider-node`: Lambda gives a function its credentials in the
 * environment. The chain of all other ways to come by some (SSO, STS, files, metadata) was a seventh of each bundle.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = () => fromEnv();
