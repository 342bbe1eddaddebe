import type { NationalCatalogue } from '../../model/national-catalogue.js';
import type { AdoptionRow } from '../../model/rows.js';
import type { FileReport } from './publiccode-report.js';
import { newAdoptionId } from './record-id.js';
import type { StoredAdoption, StoredCatalogue } from './stored-catalogue.js';
import { type DescribedSolution, toProvenance } from './to-record-row.js';

interface MatchedUsers {
  readonly adoptions: readonly AdoptionRow[];
  /** The ids of all adoptions that the file states, whether they are written or known from elsewhere. */
  readonly statedIds: ReadonlySet<string>;
  readonly report: FileReport['users'];
}

/**
 * Matches the users that a file names to administrations. An adoption that is known from elsewhere is not repeated.
 *
 * @param formerAddress of a repository that has moved, whose adoptions move with it.
 */
export function matchUsers(
  national: Pick<NationalCatalogue, 'code'>,
  { match, adoptionsOf }: Pick<StoredCatalogue, 'match' | 'adoptionsOf'>,
  described: DescribedSolution,
  formerAddress: string | null,
): MatchedUsers {
  const { address } = described;
  const stored = [...(adoptionsOf.get(address) ?? []), ...(adoptionsOf.get(formerAddress ?? '') ?? [])];
  const names = [...new Set(described.record.usedBy)];
  const users = names.map((name) => {
    const found = match(name);
    const known =
      stored.find(({ isFromFile, rawName }) => isFromFile && rawName === name) ??
      stored.find(({ administrationId }) => administrationId !== null && administrationId === found.administrationId);
    return { name, ...found, known, id: known?.id ?? newAdoptionId(national, address, name) };
  });
  return {
    adoptions: users
      .filter(({ known, name }) => known === undefined || isStatedAs(known, name))
      .map(({ id, name, administrationId, confidence }) => ({
        id,
        administrationId,
        usersGroup: null,
        address,
        status: 'DECLARED',
        startDate: null,
        startPrecision: null,
        endDate: null,
        endPrecision: null,
        ended: null,
        version: null,
        rawName: name,
        matchConfidence: confidence,
        observedOn: described.observedOn,
        provenance: toProvenance(described, 'Named under usedBy in its publiccode.yml.'),
      })),
    statedIds: new Set(users.map(({ id }) => id)),
    report: {
      named: names.length,
      matched: users.filter(({ administrationId }) => administrationId !== null).length,
      open: users
        .filter(({ administrationId }) => administrationId === null)
        .map(({ name, candidates }) => ({ name, candidates })),
    },
  };
}

/** Whether an import of the same file wrote an adoption, under the same name. */
const isStatedAs = ({ isFromFile, rawName }: StoredAdoption, name: string): boolean => isFromFile && rawName === name;
