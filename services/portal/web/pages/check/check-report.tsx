import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

import { Candidates } from '../../components/check/candidates.js';
import { ConsideredCatalogues } from '../../components/check/considered-catalogues.js';
import { SameNeeds } from '../../components/check/same-needs.js';
import type { Check } from '../../components/check/check-data.js';
import { ListSection } from '../../components/list-section.js';
import { AddedSince, Differences } from './differences.js';
import type { CheckData } from './data.js';
import { RecordLinks } from './record-links.js';
import { WhatWasChecked } from './what-was-checked.js';

/** The result of a check: what was checked and when, what may meet the need, who has it too, and which catalogues it rests on. */
export function CheckReport(data: CheckData & { readonly check: Check }) {
  const { check, record, repeated } = data;
  return (
    <>
      <WhatWasChecked {...data} />
      {record && <RecordLinks id={record.id} isRecord={repeated !== null} />}
      {repeated && <Differences {...repeated} />}
      <ListSection
        id="candidates"
        title="check.candidates"
        none="check.noCandidates"
        list={check.candidates}
        isEmpty={({ length }) => length === 0}
      >
        {(candidates): ReactNode => (
          <>
            <p>
              <FormattedMessage id="check.candidatesExplained" values={{ count: candidates.length }} />
            </p>
            <Candidates candidates={candidates} />
          </>
        )}
      </ListSection>
      {repeated && <AddedSince {...repeated} />}
      <ListSection
        id="same-need"
        title="check.sameNeed"
        none="check.noSameNeed"
        list={check.sameNeed}
        isEmpty={({ totalCount }) => totalCount === 0}
      >
        {(sameNeed) => <SameNeeds sameNeed={sameNeed} />}
      </ListSection>
      <section aria-labelledby="catalogues">
        <h2 id="catalogues">
          <FormattedMessage id="check.catalogues" />
        </h2>
        <ConsideredCatalogues positions={record?.positions ?? []} notConsidered={check.notConsidered} />
      </section>
    </>
  );
}
