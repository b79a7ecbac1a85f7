import { type OlderVersion, olderVersions } from './sandbox/versions/recorded.ts';

/** The version of Odoo that the sandbox plays: `SANDBOX_VERSION`, else 19. @throws Error for one that it does not know */
export function sandboxVersion({ SANDBOX_VERSION: given }: NodeJS.ProcessEnv): OlderVersion | 19 {
  const versions = [...olderVersions, 19] as const;
  const version = versions.find((one) => String(one) === (given || '19'));
  if (version !== undefined) return version;
  throw new Error(`SANDBOX_VERSION is ${given}; the sandbox plays ${versions.join(', ')}.`);
}
