import { lookUpOdoo } from '../../lib/api/routes/lookups.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import { findKind, kindNames } from '../../lib/lookups/kinds.ts';
import { lookUp } from '../../lib/lookups/look-up.ts';
import { withLane } from '../../lib/queue/odoo.ts';
import { allow } from '../stack/access.ts';
import { json } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';
import { observer } from '../stack/telemetry.ts';

/** The gateway gives up after 29 s; who picks something waits less. */
const PATIENCE_MS = 12_000;
const TIMEOUT_MS = 12_000;

/** Records of Odoo, for a person to pick one. */
export const handler = serve(
  serves(lookUpOdoo, async ({ params, query, claims }) => {
    const kind = findKind(params.kind);
    if (kind === undefined) {
      throw new ConnectorError('NOT_FOUND', `There is no kind "${params.kind}", only ${kindNames.join(', ')}.`);
    }
    if (kind.namesPersons) allow(claims, 'manager');
    const { connection } = claims;
    const options = {
      ...{ patienceMs: PATIENCE_MS, timeoutMs: TIMEOUT_MS },
      onCall: (report: object) => observer.info('odoo call', { connection, ...report }),
    };
    const found = await withLane(connection, options, ({ odoo }) => lookUp(odoo, kind, query.q, query.limit));
    return json(200, { kind: params.kind, ...found });
  }),
);
