import '../quiet.ts';
import { Child } from '../child.ts';
import { odooFromEnvironment, odooTarget } from '../odoo-target.ts';
import { Client } from './client.ts';
import { Connector } from './connector.ts';
import { prepare } from './known.ts';
import { measure } from './measure.ts';
import { workloads } from './workloads.ts';

const named = odooFromEnvironment();
const child = named ? undefined : new Child(new URL('../sandbox-child.ts', import.meta.url), { port: 0 });
const odoo = named ?? odooTarget.parse(await child!.ready);
const shared = `bench_${Date.now().toString(36)}`;
const connector = await Connector.start(shared, odoo);
const client = await Client.logIn(odoo);
try {
  const known = await prepare(connector, client, shared);
  const only = (process.env.ONLY ?? '').split(',').filter(Boolean);
  for (const w of workloads) {
    if (only.length && !only.includes(w.name)) continue;
    const r = await measure({ connector, client, known, shared }, w, {
      rounds: Number(process.env.ROUNDS ?? 1),
      records: Number(process.env.RECORDS ?? 100),
      naiveRecords: Number(process.env.NAIVE ?? 10),
    });
    console.log(JSON.stringify(r));
  }
} catch (e) {
  console.error(e);
}
child?.killNow();
process.exit(0);
