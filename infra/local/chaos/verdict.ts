/** What a run found: store and Odoo compared, and what is parked. */
import type { ErrorCode } from '../../../lib/errors/index.ts';
import type { OrderState } from '../../../lib/store/connections.ts';
import { compare } from '../compare.ts';
import { lookInto } from '../look-into.ts';
import type { OdooTarget } from '../odoo-target.ts';
import type { OpenFailure } from '../open-failures.ts';
import type { Expectation } from '../store/expectation.ts';
import { compareLife } from './compare-life.ts';

export interface Verdict {
  lost: number;
  duplicates: number;
  wrong: number;
  parked: number;
  parkedExplained: number;
  /** A sentence for everything that is not as it should be. */
  problems: string[];
}

export interface Judged {
  odoo: OdooTarget;
  expectation: Expectation;
  statusMapping: Readonly<Record<string, OrderState>>;
  failures: readonly OpenFailure[];
  /** Records that somebody deleted or edited in Odoo on purpose, as `entity/id`. */
  touched: ReadonlySet<string>;
}

/** What comes of a deletion or an edit in Odoo, and of nothing else. */
const OF_MEDDLING: ReadonlySet<ErrorCode> = new Set(['ODOO_RECORD_GONE']);

export const isExplained = ({ entity, recordId, code }: OpenFailure, touched: ReadonlySet<string>): boolean =>
  OF_MEDDLING.has(code) && touched.has(`${entity}/${recordId}`);

export async function judge({ odoo, expectation, statusMapping, failures, touched }: Judged): Promise<Verdict> {
  const [records, lives] = await lookInto(odoo, async (direct) => [
    await compare(direct, expectation),
    await compareLife(direct, expectation, statusMapping),
  ]);
  const parked = failures.map((failure) => {
    const { entity, recordId, code, message } = failure;
    return `${entity} ${recordId} is parked${isExplained(failure, touched) ? ', as expected' : ''}: ${code}: ${message}`;
  });
  return {
    lost: records.lost + lives.lost,
    duplicates: records.duplicates + lives.duplicates,
    wrong: records.wrong + lives.wrong,
    parked: failures.length,
    parkedExplained: failures.filter((failure) => isExplained(failure, touched)).length,
    problems: [...records.problems, ...lives.problems, ...parked],
  };
}
