/** What a scenario gets and what it answers. */
import type { OdooTarget } from '../../odoo-target.ts';

export interface ScenarioOptions {
  /** An empty folder of its own. */
  folder: string;
  /** Absent: the sandbox. */
  odoo: OdooTarget | undefined;
  /** How many events; each scenario has its own idea without. */
  events: number | undefined;
  tell: (text: string) => void;
}

export interface ScenarioOutcome {
  /** One line of figures. */
  result: Record<string, number | string>;
  /** What is not as it should be. */
  problems: string[];
}

export type Scenario = (options: ScenarioOptions) => Promise<ScenarioOutcome>;
