import { FormattedMessage } from 'react-intl';

import { DateText } from './date-text.js';

/** A period, as the graph states it. */
export interface Period {
  readonly start: string | null;
  readonly startPrecision: string | null;
  readonly end: string | null;
  readonly endPrecision: string | null;
  readonly ended: boolean | null;
}

/**
 * A period in words. A start that no source states is called unknown, and an end that is known but not dated is not left out: both
 * would otherwise look like "since ever" and "until today".
 */
export function PeriodText({ start, startPrecision, end, endPrecision, ended }: Period) {
  const from = start === null ? undefined : <DateText date={start} precision={startPrecision} />;
  const to = end === null ? undefined : <DateText date={end} precision={endPrecision} />;
  if (to) {
    return from ? (
      <FormattedMessage id="common.periodBetween" values={{ from, to }} />
    ) : (
      <FormattedMessage id="common.periodUntil" values={{ to }} />
    );
  }
  if (ended === true) {
    return from ? (
      <FormattedMessage id="common.periodEndedSince" values={{ from }} />
    ) : (
      <FormattedMessage id="common.periodEnded" />
    );
  }
  return from ? (
    <FormattedMessage id="common.periodSince" values={{ from }} />
  ) : (
    <FormattedMessage id="common.periodUnknown" />
  );
}
