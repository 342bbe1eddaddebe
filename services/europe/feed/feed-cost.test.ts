import { buildSchema, getOperationAST, parse } from 'graphql';

import { readSubgraphSdl } from '../../../schema/files.js';
import { fieldCosts } from '../../../schema/sdl/field-costs.js';
import { publicSdl } from '../../../schema/sdl/public-sdl.js';
import { limits } from '../../kit/graphql/operation-limits.js';
import { estimateCost, setFieldCosts } from '../../kit/graphql/query-cost.js';
import { HttpError } from '../../kit/http-error.js';
import { clientLimitSettings } from '../../kit/limits/client-limit-settings.js';
import { CostBudget, requestCost } from '../../kit/limits/cost-budget.js';
import { feedQuery } from './feed-query.js';

const schema = buildSchema(publicSdl(readSubgraphSdl('italy')));
setFieldCosts(schema, fieldCosts);

function costOfPage(withContents: boolean, first: number): number {
  const operation = getOperationAST(parse(feedQuery({ folder: 'italy' }, { withContents, withNeeds: true })));
  if (!operation) throw new Error('The query of the feed has no operation.');
  return estimateCost({ schema, operation, fragments: new Map(), variables: { first } });
}

describe('the public feed of a country with 10,000 entries, with the default budget', () => {
  const perMinute = clientLimitSettings('').costBudgetPerMinute.parse(undefined);
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Reads the feed page by page, waits as each rejection states, and returns the minutes that this takes. */
  async function readFeed(withContents: boolean, pageSize: number): Promise<number> {
    const budget = new CostBudget(perMinute);
    const cost = costOfPage(withContents, pageSize);
    expect(cost).toBeLessThan(limits.cost);
    const startedAt = Date.now();
    for (let entries = 0; entries < 10_000; entries += pageSize) {
      let seconds: number;
      do {
        const account = budget.open('stranger');
        seconds = await account
          .charge(requestCost)
          .then(() => account.charge(cost))
          .then(
            () => 0,
            (error: unknown) => (error instanceof HttpError ? Number(error.headers[1]) : NaN),
          );
        expect(seconds).toBeLessThanOrEqual(60);
        await jest.advanceTimersByTimeAsync(seconds * 1000);
      } while (seconds > 0);
    }
    return (Date.now() - startedAt) / 60_000;
  }

  it('is read with all contents within five minutes by a client that waits as Retry-After states', async () => {
    expect(await readFeed(true, 200)).toBeLessThanOrEqual(5);
  });

  it('is read without contents at once', async () => {
    expect(await readFeed(false, 1_000)).toBe(0);
  });
});
