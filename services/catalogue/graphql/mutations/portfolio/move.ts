import type { MoveInPortfolioInput } from '../../../generated/resolver-types.js';
import { periodOf } from '../../../model/periods.js';
import type { PortfolioParent, PortfolioRow } from '../../../model/rows.js';
import { refuse } from '../core/failures.js';
import { findOne } from '../core/find-one.js';
import { newId } from '../core/new-id.js';
import { checkPlace, type PlaceFields, placeOf } from './input.js';
import type { Write } from '../core/run-mutation.js';
import { portfolioEntries } from '../../../repositories/audited-tables.js';

interface Moved {
  readonly left: PortfolioParent | null;
  readonly portfolioEntry: PortfolioParent | null;
}

const on = ['on'];
const leaving: PlaceFields = { end: on, end_precision: ['onPrecision'] };
const arriving: PlaceFields = {
  start: on,
  start_precision: ['onPrecision'],
  stage: ['to', 'stage'],
  level: ['to', 'level'],
};

export const moveInPortfolio: Write<MoveInPortfolioInput, Moved> = {
  action: 'moveInPortfolio',
  ownerOf: ({ consortiumId }) => consortiumId,
  perform: async (input, store, catalogue) => {
    const { consortiumId, portfolioEntryId: id, expectedRevision, provenance } = input;
    const bodies = await store.findBodies({ consortiumId });
    const asked = { id, expectedRevision };
    const isMeant = (entry: PortfolioRow): boolean => entry.consortiumId === consortiumId;
    const before = await findOne(store, portfolioEntries, asked, 'portfolioEntryId', isMeant);
    if (periodOf(before).ended === true)
      refuse('ENDED', ['portfolioEntryId'], `${id} has ended already: placeInPortfolio begins another.`);

    const place = { consortiumId, solutionAddress: before.address, provenance };
    const until = { end: input.on, endPrecision: input.onPrecision ?? null, ended: true };
    const said = { ...before, ...place, during: { ...periodOf(before), ...until }, endReason: input.endReason };
    // On what day it was there before, if nobody knows since when, is no affair of its end.
    const to = { ...placeOf(bodies, id, said, leaving), observedOn: before.observedOn };
    const [left = null] = await store.update(portfolioEntries, [{ before, to }]);
    if (!input.to) return { left, portfolioEntry: null };

    const during = { start: input.on, startPrecision: input.onPrecision ?? null };
    const next = placeOf(bodies, newId(catalogue, 'portfolio'), { ...place, ...input.to, during }, arriving);
    await checkPlace(store, bodies, next, on);
    return { left, portfolioEntry: await store.insert(portfolioEntries, next, null) };
  },
};
