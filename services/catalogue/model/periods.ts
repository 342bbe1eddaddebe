import type { Period } from '../generated/resolver-types.js';
import type { PeriodColumns } from './rows.js';

/** A row's period, as the schema has it. */
export const toPeriod = ({ startDate, startPrecision, endDate, endPrecision, ended }: PeriodColumns): Period => ({
  start: startDate,
  startPrecision,
  end: endDate,
  endPrecision,
  // An end date implies the end, whatever `ended` contains.
  ended: endDate === null ? ended : true,
});
