import type { IncidentKind } from '../store/incidents.ts';

/** The metric that counts the incidents of a kind, over all connections: `odoo-down` → `IncidentsOdooDown`. */
export const metricOf = (kind: IncidentKind): string =>
  `Incidents${kind.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
