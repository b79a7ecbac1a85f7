import { UserError } from './faults.ts';

/** How the formats begin that Odoo can open; SVG is text and is not looked at. */
const SIGNATURES = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'RIFF', 'II*\0', 'MM\0*', '<'];

/** Refuses what Odoo could not store as an image. Nothing is resized: the sandbox has no use for smaller copies. */
export function checkImage(base64: string): void {
  const digits = base64.replace(/[^A-Za-z0-9+/=]/g, '');
  if (digits.length % 4 !== 0) throw new UserError('Image is not encoded in base64.');
  const start = Buffer.from(digits.slice(0, 16), 'base64').toString('latin1');
  if (SIGNATURES.some((signature) => start.startsWith(signature))) return;
  throw new UserError('This file could not be decoded as an image file.');
}

/** What a client reads that asked for sizes only: `70.00 bytes`, `1.50 Kb`. */
export function humanSize(base64: string): string {
  const units = ['bytes', 'Kb', 'Mb', 'Gb'];
  let [size, unit] = [Buffer.byteLength(base64, 'base64'), 0];
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(2)} ${units[unit]}`;
}
