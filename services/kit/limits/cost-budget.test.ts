import { HttpError } from '../http-error.js';
import { CostBudget, requestCostHeader } from './cost-budget.js';

/** The error of a charge. */
async function rejectionOf(charge: Promise<void>): Promise<HttpError> {
  try {
    await charge;
  } catch (error) {
    if (error instanceof HttpError) return error;
  }
  throw new Error('the charge was not rejected');
}

const header = (headers: readonly string[], name: string): string => headers[headers.indexOf(name) + 1] ?? '';

describe('a cost budget', () => {
  it('is stated in the headers, with what is left of it', async () => {
    const budget = new CostBudget(1_000);
    const account = budget.open('a');
    await account.charge(100);
    await account.charge(250);
    const headers = account.headers();
    expect(header(headers, 'ratelimit-policy')).toBe('"cost";q=1000;w=60');
    expect(header(headers, 'ratelimit')).toMatch(/^"cost";r=650;t=(?:59|60)$/);
    expect(header(headers, requestCostHeader)).toBe('350');
  });

  it('charges a response that has begun once there is enough left again', async () => {
    jest.useFakeTimers();
    try {
      const budget = new CostBudget(1_000);
      await budget.open('a').charge(900);
      let isCharged = false;
      const charged = budget
        .open('a')
        .chargeWhenAvailable(500, new AbortController().signal)
        .then(() => (isCharged = true));
      await jest.advanceTimersByTimeAsync(50_000);
      expect(isCharged).toBe(false);
      await jest.advanceTimersByTimeAsync(11_000);
      await charged;
      expect(
        await rejectionOf(budget.open('a').chargeWhenAvailable(1_001, new AbortController().signal)),
      ).toMatchObject({
        code: 'QUERY_TOO_LARGE',
      });
    } finally {
      jest.useRealTimers();
    }
  });

  it('is that of each client, over all of its requests', async () => {
    const budget = new CostBudget(1_000);
    await budget.open('a').charge(600);
    await rejectionOf(budget.open('a').charge(600));
    await budget.open('b').charge(600);
  });

  it('rejects what costs more than is left, states when to retry, and does not charge it', async () => {
    const budget = new CostBudget(1_000);
    await budget.open('a').charge(600);
    const account = budget.open('a');
    const rejection = await rejectionOf(account.charge(500));
    expect(rejection).toMatchObject({
      ...{ status: 429, code: 'RATE_LIMITED' },
      exceeded: { limit: 'costPerMinute', found: 1_100, allowed: 1_000 },
    });
    expect(rejection.message).toContain('you have 400 left');
    expect(Number(header(rejection.headers, 'retry-after'))).toBeGreaterThan(50);
    expect(account.rejection).toBe(rejection);
    await budget.open('a').charge(400);
  });

  it('rejects what costs more than the budget of a minute as too large, and names the limit', async () => {
    const budget = new CostBudget(1_000);
    expect(await rejectionOf(budget.open('a').charge(1_001))).toMatchObject({
      ...{ status: 400, code: 'QUERY_TOO_LARGE', headers: [] },
      exceeded: { limit: 'costPerMinute', found: 1_001, allowed: 1_000 },
    });
    await budget.open('a').charge(1_000);
  });

  it('is charged for work that is done already, even if less is left', async () => {
    const budget = new CostBudget(1_000);
    const account = budget.open('a');
    await account.chargeAfterwards(5_000);
    expect(header(account.headers(), 'ratelimit')).toMatch(/^"cost";r=0;t=/);
    expect((await rejectionOf(budget.open('a').charge(1))).code).toBe('RATE_LIMITED');
  });

  it('remembers a limited number of clients, and forgets the one that has sent nothing for the longest time', async () => {
    const budget = new CostBudget(1_000, 2);
    for (const client of ['a', 'b']) await budget.open(client).charge(1_000);
    expect((await rejectionOf(budget.open('a').charge(1))).code).toBe('RATE_LIMITED');
    await budget.open('c').charge(1_000);
    await budget.open('b').charge(1_000);
    expect((await rejectionOf(budget.open('c').charge(1))).code).toBe('RATE_LIMITED');
  });

  it('is charged for the bytes of large responses only', async () => {
    const account = new CostBudget(10_000).open('a');
    await account.charge(100);
    account.chargeBytes(64 * 1024);
    account.chargeBytes(1024 * 1024);
    await account.charge(1);
    expect(header(account.headers(), 'ratelimit')).toMatch(/^"cost";r=8875;t=/);
  });
});
