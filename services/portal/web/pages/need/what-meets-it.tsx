import { FormattedMessage } from 'react-intl';
import { Form } from 'react-router';

import { AdministrationChoices, AdministrationField } from '../../components/check/administration-field.js';
import { Candidates } from '../../components/check/candidates.js';
import { SameNeeds } from '../../components/check/same-needs.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { checkPath, withParameters } from '../../model/paths.js';
import type { NeedData } from './data.js';
import { StatedSolutions } from './stated-solutions.js';

/** The solutions that may meet a need: for one administration with whether it may join, and who else has the need. */
export function WhatMeetsIt({ need, administration, check }: NeedData) {
  return (
    <>
      <ListSection
        id="stated"
        title="need.metByThose"
        none="need.nothingStated"
        list={need.met}
        isEmpty={({ nodes }) => nodes.every((holder) => !holder?.metBy.length)}
      >
        {(met) => <StatedSolutions met={met} />}
      </ListSection>
      <ListSection
        id="candidates"
        title="need.candidates"
        none="need.noCandidates"
        list={check?.candidates ?? null}
        isEmpty={({ length }) => length === 0}
      >
        {(candidates) => (
          <>
            <Form method="get" className="form">
              <AdministrationField {...administration} />
              <button type="submit">
                <FormattedMessage id="need.mayWeJoin" />
              </button>
            </Form>
            <AdministrationChoices {...administration} />
            <Candidates candidates={candidates} />
            <p>
              <PageLink to={`${checkPath}${withParameters('', { need: need.id, for: administration.chosen?.id })}`}>
                <FormattedMessage id="need.checkAndRecord" />
              </PageLink>
            </p>
          </>
        )}
      </ListSection>
      <ListSection
        id="same-need"
        title="need.sameNeed"
        none="need.noSameNeed"
        // The need itself is on the list.
        list={check?.sameNeed ?? null}
        isEmpty={({ edges }) => edges.every((edge) => edge?.node?.id === need.id)}
      >
        {(sameNeed) => <SameNeeds sameNeed={sameNeed} />}
      </ListSection>
    </>
  );
}
