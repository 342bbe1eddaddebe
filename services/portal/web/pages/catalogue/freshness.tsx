import { FormattedMessage, FormattedNumber } from 'react-intl';

import { Code } from '../../components/code.js';
import { CatalogueStateText } from '../../components/catalogue-state.js';
import { ListSection } from '../../components/list-section.js';
import { Moment } from '../../components/moment.js';
import { Unknown } from '../../components/unknown.js';
import type { CatalogueData } from './data.js';

/** How up to date the index is for a catalogue, and what keeps it from being so. */
export function Freshness({ status }: Pick<CatalogueData, 'status'>) {
  return (
    <ListSection id="freshness" title="catalogue.freshness" none="common.notRead" list={status} isEmpty={() => false}>
      {({ state, indexedAt, entries, problem }) => (
        <dl className="facts">
          <dt>
            <FormattedMessage id="common.state" />
          </dt>
          <dd>
            <CatalogueStateText state={state} />
          </dd>
          <dt>
            <FormattedMessage id="catalogue.indexedAt" />
          </dt>
          <dd>{indexedAt === null ? <Unknown /> : <Moment time={indexedAt} />}</dd>
          <dt>
            <FormattedMessage id="catalogue.entries" />
          </dt>
          <dd>
            <FormattedNumber value={entries} />
          </dd>
          {problem && (
            <>
              <dt>
                <FormattedMessage id="catalogue.problem" />
              </dt>
              <dd>
                <Code>{problem.code}</Code> <bdi lang="en">{problem.message}</bdi>{' '}
                <FormattedMessage id="catalogue.since" values={{ time: <Moment time={problem.since} /> }} />
              </dd>
            </>
          )}
        </dl>
      )}
    </ListSection>
  );
}
