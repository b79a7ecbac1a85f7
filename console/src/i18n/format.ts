/** Dates, numbers and money as people of a locale write them. */

export interface Formats {
  /** Day and time to the minute. */
  moment(iso: string): string;
  /** Day and time to the second. */
  exact(iso: string): string;
  time(iso: string): string;
  day(iso: string): string;
  /** `3 minutes ago`, `in 2 hours`. */
  relative(iso: string, now?: number): string;
  number(value: number): string;
  percent(share: number): string;
  /** @param amount as text, so that no digit is lost */
  money(amount: string, currency: string): string;
  /** `1 h 20 min`, `45 s` */
  duration(seconds: number): string;
  list(parts: readonly string[]): string;
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

export function formatsIn(locale: string): Formats {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, options);
    return (iso: string) => format.format(new Date(iso));
  };
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  return {
    moment: dates({ dateStyle: 'medium', timeStyle: 'short' }),
    exact: dates({ dateStyle: 'medium', timeStyle: 'medium' }),
    time: dates({ timeStyle: 'short' }),
    day: dates({ dateStyle: 'medium' }),
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    list: (parts) => lists.format(parts),
    relative(iso, now = Date.now()) {
      const seconds = Math.round((Date.parse(iso) - now) / 1_000);
      const [name, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
      return relatives.format(Math.trunc(seconds / size), name);
    },
    money(amount, currency) {
      try {
        const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 4 });
        return format.format(amount as Intl.StringNumericLiteral);
      } catch {
        return `${amount} ${currency}`;
      }
    },
    duration(seconds) {
      if (seconds < 1) return unit(Math.round(seconds * 1_000), 'millisecond');
      if (seconds < 60) return unit(Math.round(seconds), 'second');
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return unit(minutes, 'minute');
      return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
    },
  };
}
