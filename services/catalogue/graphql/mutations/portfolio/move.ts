import type { MoveInPortfolioInput } from '../../../generated/resolver-types.js';
import { toPeriod } from '../../../model/periods.js';
import type { PortfolioParent, PortfolioRow } from '../../../model/rows.js';
import { reject } from '../core/failures.js';
import { findOne } from '../core/find-one.js';
import { newId } from '../core/new-id.js';
import { checkPortfolioEntry, type PortfolioFields, inputToPortfolioEntry } from './input.js';
import type { Mutation } from '../core/run-mutation.js';
import { portfolioEntries } from '../../../repositories/audited-tables.js';

interface Moved {
  readonly left: PortfolioParent | null;
  readonly portfolioEntry: PortfolioParent | null;
}

const on = ['on'];
const leaving: PortfolioFields = { end: on, end_precision: ['onPrecision'] };
const arriving: PortfolioFields = {
  start: on,
  start_precision: ['onPrecision'],
  stage: ['to', 'stage'],
  level: ['to', 'level'],
};

export const moveInPortfolio: Mutation<MoveInPortfolioInput, Moved> = {
  action: 'moveInPortfolio',
  ownerOf: ({ consortiumId }) => consortiumId,
  execute: async (input, unitOfWork, catalogue) => {
    const { consortiumId, portfolioEntryId: id, expectedRevision, provenance } = input;
    const organisations = await unitOfWork.findOrganisations({ consortiumId });
    const revision = { id, expectedRevision };
    const isMeant = (entry: PortfolioRow): boolean => entry.consortiumId === consortiumId;
    const before = await findOne(unitOfWork, portfolioEntries, revision, 'portfolioEntryId', isMeant);
    if (toPeriod(before).ended === true)
      reject('ENDED', ['portfolioEntryId'], `${id} has ended already: use placeInPortfolio to add the solution again.`);

    const entryBase = { consortiumId, solutionAddress: before.address, provenance };
    const until = { end: input.on, endPrecision: input.onPrecision ?? null, ended: true };
    const values = { ...before, ...entryBase, during: { ...toPeriod(before), ...until }, endReason: input.endReason };
    // The end does not show the day on which the entry was observed.
    const to = { ...inputToPortfolioEntry(organisations, id, values, leaving), observedOn: before.observedOn };
    const [left = null] = await unitOfWork.update(portfolioEntries, [{ before, to }]);
    if (!input.to) return { left, portfolioEntry: null };

    const during = { start: input.on, startPrecision: input.onPrecision ?? null };
    const next = inputToPortfolioEntry(
      organisations,
      newId(catalogue, 'portfolio'),
      { ...entryBase, ...input.to, during },
      arriving,
    );
    await checkPortfolioEntry(unitOfWork, organisations, next, on);
    return { left, portfolioEntry: await unitOfWork.insert(portfolioEntries, next, null) };
  },
};
