import { type IntlShape, useIntl } from 'react-intl';

import { Unknown } from './unknown.js';

interface DateTextProps {
  /** A day or a moment in ISO 8601. Null: it is not known. */
  readonly date: string | null | undefined;
  /** How exactly the day is known. Default: to the day. */
  readonly precision?: string | null | undefined;
}

/** A date in the reader's language, as exact as it is known. */
export function DateText({ date, precision }: DateTextProps) {
  const intl = useIntl();
  if (date === null || date === undefined) return <Unknown />;
  return <time dateTime={toMachineDate(date, precision)}>{formatDay(intl, date, precision)}</time>;
}

/** Writes a date with the precision with which it is known. */
export function formatDay(intl: IntlShape, date: string, precision?: string | null): string {
  const day = date.slice(0, 10);
  if (precision === 'YEAR') return day.slice(0, 4);
  if (precision === 'SEASON') {
    const season = seasons[Number(day.slice(5, 7))];
    if (season !== undefined) return intl.formatMessage({ id: `common.season.${season}` }, { year: day.slice(0, 4) });
  }
  const dayOfMonth = precision === 'MONTH' || precision === 'SEASON' ? undefined : ('numeric' as const);
  return intl.formatDate(`${day}T00:00:00Z`, { year: 'numeric', month: 'long', day: dayOfMonth, timeZone: 'UTC' });
}

/** A season is stated by its first day. */
const seasons: Readonly<Record<number, string>> = { 3: 'spring', 6: 'summer', 9: 'autumn', 12: 'winter' };

const toMachineDate = (date: string, precision: string | null | undefined): string =>
  precision === 'YEAR' ? date.slice(0, 4) : precision === 'MONTH' || precision === 'SEASON' ? date.slice(0, 7) : date;
