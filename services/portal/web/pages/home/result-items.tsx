import { Fragment } from 'react';
import { FormattedMessage } from 'react-intl';

import { CountryName } from '../../components/country-name.js';
import { EnumText } from '../../components/enum-text.js';
import { PageLink } from '../../components/page-link.js';
import { Part } from '../../components/part.js';
import { Text } from '../../components/text.js';
import { needPath, organisationPath } from '../../model/paths.js';
import type { FoundNeed, FoundOrganisation, FoundSolution, Kind } from './data.js';
import { SolutionResult } from './solution-results.js';

interface ResultItemProps {
  readonly kind: Kind;
  /** Null if its country does not respond. */
  readonly item: FoundSolution | FoundOrganisation | FoundNeed | null;
}

/** An item of a list of results. */
export const ResultItem = (item: ResultItemProps) => (
  <Part>
    <Item {...item} />
  </Part>
);

function Item({ kind, item }: ResultItemProps) {
  if (item === null)
    return (
      <li className="unknown">
        <FormattedMessage id="common.notRead" />
      </li>
    );
  if (kind === 'solutions') return <SolutionResult solution={item as FoundSolution} />;
  if (kind === 'needs') return <NeedItem need={item as FoundNeed} />;
  return <OrganisationItem organisation={item as FoundOrganisation} of={kind} />;
}

function OrganisationItem({
  organisation: { id, name, nameLanguage, country, kind, population, status },
  of,
}: {
  readonly organisation: FoundOrganisation;
  readonly of: 'administrations' | 'consortia';
}) {
  return (
    <li>
      <h3>
        <PageLink to={organisationPath(id)}>
          <Text value={name} lang={nameLanguage} />
        </PageLink>
      </h3>
      <p className="quiet">
        <EnumText of={of === 'consortia' ? 'consortiumKind' : 'administrationKind'} value={kind} />
        {' · '}
        <CountryName code={country} />
        {population && (
          <>
            {' · '}
            <FormattedMessage id="home.inhabitants" values={{ count: population.count }} />
          </>
        )}
        {status != null && status !== 'ACTIVE' && (
          <>
            {' · '}
            <EnumText of="consortiumStatus" value={status} />
          </>
        )}
      </p>
    </li>
  );
}

const NeedItem = ({
  need: { id, statement, statementLanguage, country, codes, legalBasis },
}: {
  readonly need: FoundNeed;
}) => (
  <li>
    <h3>
      <PageLink to={needPath(id)}>
        <Text value={statement} lang={statementLanguage} />
      </PageLink>
    </h3>
    <p className="quiet">
      <CountryName code={country} />
      {codes.map(({ scheme, notation }) => (
        <Fragment key={`${scheme} ${notation}`}>
          {' · '}
          <Text value={`${scheme} ${notation}`} />
        </Fragment>
      ))}
      {legalBasis !== null && (
        <>
          {' · '}
          <Text value={legalBasis} />
        </>
      )}
    </p>
  </li>
);
