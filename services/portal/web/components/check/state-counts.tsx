import { FormattedMessage } from 'react-intl';

import { EnumText } from '../enum-text.js';
import { MoneyText } from '../money-text.js';
import type { StateCount } from './check-data.js';

/** How many have a need in each state, with what is budgeted. Holders and rules are counted apart. */
export function StateCounts({ states }: { readonly states: readonly StateCount[] }) {
  return (
    <ul className="inline">
      {states.map(({ state, holders, rules, amounts }) => (
        <li key={state}>
          <EnumText of="needState" value={state} />
          {': '}
          <FormattedMessage id="reuse.holderCount" values={{ count: holders }} />
          {rules > 0 && (
            <>
              {', '}
              <FormattedMessage id="reuse.ruleCount" values={{ count: rules }} />
            </>
          )}
          {amounts.map((money) => (
            <span key={money.currency}>
              {', '}
              <MoneyText money={money} />
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
