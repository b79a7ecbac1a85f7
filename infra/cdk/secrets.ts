/** The secrets of the connections that a deployment starts with. */
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { SecretKind } from '../topology.ts';
import { accept } from './nag.ts';

/** The ARNs of every connection's secrets of a kind: connections are added while the stack runs. */
export function secretArnPattern(scope: Construct, prefix: string, kind: SecretKind): string {
  // Secrets Manager ends each ARN with a dash and six characters of its own.
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${prefix}/*/${kind}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Creates `<prefix>/<connection>/store` and `…/odoo`, kept when the stack or a connection is removed. */
export class ConnectionSecrets extends Construct {
  constructor(scope: Construct, prefix: string, connections: readonly string[]) {
    super(scope, 'Secrets');
    for (const connection of connections) {
      const store = new Secret(this, `${connection}-store`, {
        secretName: `${prefix}/${connection}/store`,
        description: `Signs the events of the store of connection ${connection}`,
        generateSecretString: {
          secretStringTemplate: '{}',
          generateStringKey: 'webhookSecret',
          passwordLength: 32,
          excludePunctuation: true,
          includeSpace: false,
        },
        // Forgetting a name in the context once must not destroy what the store was set up with.
        removalPolicy: RemovalPolicy.RETAIN,
      });
      accept(
        store,
        'SMG4',
        'The store has to learn a new secret at the same time: it is rotated by pairing again, with the old and the new secret valid meanwhile.',
      );

      const odoo = new Secret(this, `${connection}-odoo`, {
        secretName: `${prefix}/${connection}/odoo`,
        description: `User and password or API key of connection ${connection} in Odoo`,
        generateSecretString: {
          secretStringTemplate: JSON.stringify({ user: '' }),
          // A placeholder until a person enters the real one, so that no credential passes through a template.
          generateStringKey: 'password',
          passwordLength: 32,
          excludePunctuation: true,
          includeSpace: false,
        },
        removalPolicy: RemovalPolicy.RETAIN,
      });
      accept(odoo, 'SMG4', 'The credential is issued by Odoo, which offers nothing to rotate it with from here.');
    }
  }
}
