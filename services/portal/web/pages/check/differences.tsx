import { FormattedMessage, useIntl } from 'react-intl';

import { formatCountry } from '../../components/country-name.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Text } from '../../components/text.js';
import { solutionPath } from '../../model/paths.js';
import type { RepeatedCheck } from './data.js';

/** What of a repeated check may differ from its day. */
export function Differences({ notReproduced, changedSince }: Pick<RepeatedCheck, 'notReproduced' | 'changedSince'>) {
  const intl = useIntl();
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">
        <FormattedMessage id="check.differences" />
      </h2>
      <p>
        {changedSince.length === 0 ? (
          <FormattedMessage id="check.nothingChanged" />
        ) : (
          <FormattedMessage
            id="check.changedSince"
            values={{ names: intl.formatList(changedSince.map((code) => formatCountry(intl, code))) }}
          />
        )}
      </p>
      {notReproduced.length > 0 && (
        <ul>
          {notReproduced.map((reason) => (
            <li key={reason}>
              <FormattedMessage id={`check.notReproduced.${reason}`} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The candidates of today that no catalogue had on the day of the check. */
export function AddedSince({ addedSince }: Pick<RepeatedCheck, 'addedSince'>) {
  return (
    <ListSection
      id="added"
      title="check.addedSince"
      none="check.nothingAdded"
      list={addedSince}
      isEmpty={({ length }) => length === 0}
    >
      {(candidates) => (
        <ul>
          {candidates.map(({ solutionId, solution }) => (
            <li key={solutionId}>
              <PageLink to={solutionPath(solutionId)}>
                <Text value={solution?.name ?? solutionId} lang={solution?.nameLanguage} />
              </PageLink>
            </li>
          ))}
        </ul>
      )}
    </ListSection>
  );
}
