import type { Context } from '../context.js';
import type { UnconsideredCountry } from '../generated/resolver-types.js';

const reasons = { UNREACHABLE: 'UNAVAILABLE', STALE: 'STALE', NEVER_SEEN: 'NEVER_READ' } as const;

/** The countries whose current data is not considered; with `needs`, also those that have no needs or no code lists. */
export async function findUnconsidered(
  { repositories }: Context,
  { needs }: { readonly needs: boolean },
): Promise<UnconsideredCountry[]> {
  const [status, incomplete] = await Promise.all([
    repositories.status.find(),
    needs ? repositories.needs.findIncomplete() : [],
  ]);
  const lacking = new Map(
    incomplete.flatMap(({ country, hasNeeds, hasCodeLists }) =>
      hasNeeds && hasCodeLists ? [] : [[country, hasNeeds ? 'NO_CODE_LIST' : 'NO_NEEDS'] as const],
    ),
  );
  return status.flatMap(({ country, state, indexedAt }) => {
    const reason = state === 'OK' ? lacking.get(country) : reasons[state];
    return reason === undefined ? [] : [{ country, reason, consideredUntil: indexedAt }];
  });
}
