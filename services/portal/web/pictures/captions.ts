import { type IntlShape, useIntl } from 'react-intl';

import type { PublishedFigure } from '../charts/growth.js';
import { formatCountry } from '../components/country-name.js';
import { formatDay } from '../components/date-text.js';
import { hostOf } from '../model/host-of.js';

/** Whom the data of a picture is from, and of which day it is: countries by their codes. */
export function useSource(countries: readonly string[], day: string): string {
  const intl = useIntl();
  const catalogues = intl.formatList(countries.map((country) => formatCountry(intl, country)));
  return intl.formatMessage(
    { id: 'charts.source' },
    { catalogues, count: countries.length, date: formatDay(intl, day) },
  );
}

/** Who published the figures of a picture. None, if there are none. */
export function useFigureSources(figures: readonly PublishedFigure[]): string[] {
  const intl = useIntl();
  const hosts = new Set(figures.map(({ source }) => hostOf(source)));
  return hosts.size === 0 ? [] : [formatSources(intl, [...hosts])];
}

/** More would be longer than the picture. The table has all. */
const maxSources = 8;

const formatSources = (intl: IntlShape, hosts: readonly string[]): string =>
  intl.formatMessage(
    { id: 'charts.source.figures' },
    { sources: intl.formatList([...hosts.slice(0, maxSources), ...(hosts.length > maxSources ? ['…'] : [])]) },
  );
