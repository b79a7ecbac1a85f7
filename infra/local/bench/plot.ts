/**
 * Growth as an SVG. Written here because the libraries that could do it need a browser or a canvas to draw
 * three lines.
 */
import type { GrowthPoint } from './growth.ts';

const WIDTH = 760;
const PANEL = 190;
const LEFT = 70;
const RIGHT = 20;
const TOP = 34;
const BOTTOM = 26;

const panels = [
  { field: 'calls', title: 'Calls to Odoo', colour: '#714b67' },
  { field: 'seconds', title: 'Seconds', colour: '#017e84' },
  { field: 'memoryMB', title: 'Memory of the function’s process, MB', colour: '#b85c00' },
] as const;

export function plotGrowth(points: readonly GrowthPoint[]): string {
  const height = panels.length * PANEL;
  const style = 'font: 12px system-ui, sans-serif; background: #fff';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" style="${style}" role="img">`,
    '<title>Calls, seconds and memory of a run over products, by how many there are</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...panels.map((panel, index) => `<g transform="translate(0 ${index * PANEL})">${drawn(panel, points)}</g>`),
    '</svg>\n',
  ].join('\n');
}

function drawn({ field, title, colour }: (typeof panels)[number], points: readonly GrowthPoint[]): string {
  const mostRecords = Math.max(...points.map(({ records }) => records));
  const most = ceiling(Math.max(...points.map((point) => point[field])));
  const x = (records: number) => LEFT + (records / mostRecords) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => PANEL - BOTTOM - (value / most) * (PANEL - TOP - BOTTOM);
  const line = points.map((point) => `${x(point.records).toFixed(1)},${y(point[field]).toFixed(1)}`).join(' ');
  const across = [0, most / 2, most].map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/>` +
      `<text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end" fill="#555">${value.toLocaleString('en')}</text>`,
  );
  const along = [0.25, 0.5, 0.75, 1].map((part) => {
    const records = Math.round(mostRecords * part);
    const anchor = part === 1 ? 'end' : 'middle';
    return `<text x="${x(records)}" y="${PANEL - 8}" text-anchor="${anchor}" fill="#555">${records.toLocaleString('en')}</text>`;
  });
  return [
    `<text x="${LEFT}" y="20" font-weight="600">${title}</text>`,
    ...across,
    ...along,
    `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>`,
  ].join('');
}

/** The next round number: 1, 2 or 5 with zeros. */
function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}
