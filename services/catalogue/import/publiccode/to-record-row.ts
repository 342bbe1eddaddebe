import type { Day } from '../../../shared/dates.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import type { Provenance, RecordColumns } from '../../model/rows.js';
import type { PubliccodeRecord } from '../../publiccode/record.js';
import { toSearchColumns } from '../tables/to-solution-rows.js';
import type { StoredCatalogue } from './stored-catalogue.js';

/** A solution at its address, as a file describes it. */
export interface DescribedSolution {
  readonly address: string;
  readonly record: PubliccodeRecord;
  readonly observedOn: Day;
}

export const toProvenance = ({ address, observedOn }: DescribedSolution, note: string | null): Provenance => ({
  source: address.startsWith('urn:') ? null : `https://${address.split('//', 1)[0] ?? address}`,
  retrievedAt: null,
  observedOn,
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note,
});

type Publisher = Pick<RecordColumns, 'publisherId' | 'publisherName'>;

/** The publisher that a file names. */
export function findPublisher(
  national: Pick<NationalCatalogue, 'codeOfUri'>,
  { organisationOf }: Pick<StoredCatalogue, 'organisationOf'>,
  { organisation, legal }: PubliccodeRecord,
): Publisher {
  const code = national.codeOfUri?.(organisation?.uri ?? '') ?? null;
  return {
    publisherId: (code && organisationOf.get(`${code.scheme}:${code.notation}`)) ?? null,
    publisherName: organisation?.name ?? legal.mainCopyrightOwner,
  };
}

/** The columns that follow from the content of a file, or are given. */
export function toRecordRow(
  described: DescribedSolution,
  columns: Pick<RecordColumns, 'id' | 'aliases' | 'partOf' | 'codes' | 'issues' | 'validByStandard'> & Publisher,
): RecordColumns {
  const { record, address } = described;
  const ends = record.maintenance.contractors.flatMap(({ until }): Day[] => (until === null ? [] : [until]));
  return {
    ...columns,
    address,
    kind: 'SOFTWARE',
    content: record,
    maintainedUntil: ends.sort().at(-1) ?? null,
    provenance: toProvenance(described, null),
    ...toSearchColumns(record),
  };
}
