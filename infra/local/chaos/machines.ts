/** The processes of a run: functions, services and Odoo each by themselves, with the proxies between them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { functions } from '../../topology.ts';
import { Child } from '../child.ts';
import { Machines, type Watcher } from '../demo-machines.ts';
import type { OdooTarget } from '../odoo-target.ts';
import { bundleFunctions } from '../runner/index.ts';
import { FaultyRoad } from './faulty-road.ts';
import type { Plan, Victim } from './plan.ts';
import type { Tempo } from './tempo.ts';

const endpoints = z.object({ DYNAMODB: z.string(), SQS: z.string(), SECRETS_MANAGER: z.string() });
type Endpoints = z.output<typeof endpoints>;

export interface ChaosMachinesOptions {
  folder: string;
  odoo: OdooTarget | undefined;
  watcher: Watcher;
  plan: Plan;
  tempo: Tempo;
  bundles: string | undefined;
}

export class ChaosMachines {
  readonly road: FaultyRoad;
  readonly machines: Machines;
  readonly #folder: string;
  #services: Child;
  #endpoints: Endpoints;

  private constructor(folder: string, services: Child, found: Endpoints, machines: Machines, road: FaultyRoad) {
    this.#folder = folder;
    this.#services = services;
    this.#endpoints = found;
    this.machines = machines;
    this.road = road;
    process.once('exit', () => this.#services.killNow());
  }

  static async start(options: ChaosMachinesOptions): Promise<ChaosMachines> {
    const { folder, odoo, watcher, plan, tempo } = options;
    const bundles = options.bundles ?? (await bundled(folder));
    const dataDir = join(folder, 'services');
    const ports = { DYNAMODB: 0, SQS: 0, SECRETS_MANAGER: 0 };
    const services = startServices(dataDir, ports);
    const found = endpoints.parse(await services.ready);
    // What the proxies stand before is asked for by each request: it starts after them.
    const before: { machines?: Machines } = {};
    const running = () => before.machines as Machines;
    const road = await FaultyRoad.open(plan, {
      api: () => running().url,
      sqs: () => found.SQS,
      dynamodb: () => found.DYNAMODB,
      odoo: () => running().odoo.url,
    });
    before.machines = new Machines(folder, odoo, watcher, {
      services: found,
      through: { DYNAMODB: road.url('dynamodb'), SQS: road.url('sqs') },
      ...{ bundles, onDemand: true, scheduleSeconds: 3, env: tempo.env },
      ...{ queue: { visibilitySeconds: tempo.visibilitySeconds }, timeoutSeconds: tempo.functionSeconds },
    });
    await before.machines.start();
    return new ChaosMachines(folder, services, found, before.machines, road);
  }

  /** Where the connector finds its Odoo. */
  get odooSeen(): OdooTarget {
    return { ...this.machines.odoo, url: this.road.url('odoo') };
  }

  /** @returns whether anything died: where no function was at work, none did */
  async kill(victim: Victim): Promise<boolean> {
    if (victim === 'functions') return (await this.machines.crash()) > 0;
    if (victim === 'stack') await this.machines.killAndRestart(false);
    if (victim === 'odoo') await this.machines.killAndRestartSandbox();
    if (victim === 'services') await this.#restartServices();
    return true;
  }

  async stop(): Promise<void> {
    await this.machines.stop();
    await this.road.stop();
    await this.#services.kill();
  }

  async #restartServices(): Promise<void> {
    await this.#services.kill();
    const { DYNAMODB, SQS, SECRETS_MANAGER } = this.#endpoints;
    const port = (url: string) => Number(new URL(url).port);
    const ports = { DYNAMODB: port(DYNAMODB), SQS: port(SQS), SECRETS_MANAGER: port(SECRETS_MANAGER) };
    this.#services = startServices(join(this.#folder, 'services'), ports);
    await this.#services.ready;
  }
}

const startServices = (dataDir: string, ports: Readonly<Record<keyof Endpoints, number>>): Child =>
  new Child(new URL('./services-child.ts', import.meta.url), { dataDir, ports });

async function bundled(folder: string): Promise<string> {
  const bundles = join(folder, 'bundles');
  await mkdir(bundles, { recursive: true });
  await bundleFunctions(functions, bundles);
  return bundles;
}
