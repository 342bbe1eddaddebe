import type { Period } from '../generated/resolver-types.js';
import type { PeriodColumns } from './rows.js';

/** A row's period, as the schema has it. */
export const toPeriod = ({ startDate, startPrecision, endDate, endPrecision, ended }: PeriodColumns): Period => ({
  start: startDate,
  startPrecision,
  end: endDate,
  endPrecision,
  // A date of its end says that it ends, whether or not anybody said so beside it.
  ended: endDate === null ? ended : true,
});
