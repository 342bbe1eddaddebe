import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';

import { formatCountry } from '../../components/country-name.js';
import { EnumText } from '../../components/enum-text.js';
import { ExportLinks } from '../../components/export-links.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { organisationPath, solutionPath } from '../../model/paths.js';
import { CountryLinks } from './country-links.js';
import type { Administration, AdministrationData, PeerSolution, PeerSolutions } from './data.js';

interface PeerSolutionsListProps {
  readonly peerSolutions: AdministrationData['peerSolutions'];
  readonly administration: Administration;
}

/** What similar administrations use, without what this one uses as well. */
export function PeerSolutionsList({ peerSolutions, administration }: PeerSolutionsListProps) {
  return (
    <ListSection
      id="peer-solutions"
      title="administration.peerSolutions"
      none="administration.peersNotKnown"
      // Without a number of inhabitants it is not known who is similar, and nothing was requested.
      list={administration.population === null ? { found: null } : peerSolutions && { found: peerSolutions }}
      isEmpty={({ found }) => found === null}
    >
      {({ found }) => found && <Solutions {...found} administration={administration} />}
    </ListSection>
  );
}

function Solutions({
  administration,
  population,
  ...list
}: PeerSolutions & { readonly administration: Administration }) {
  const intl = useIntl();
  const { kind, country } = administration;
  const { solutions, usedItself, isOwnUseCut, totalCount, unknown, staleCatalogues, pageInfo, usedIn } = list;
  return (
    <>
      <p>
        <FormattedMessage
          id="administration.peerSolutionsExplained"
          values={{ kind: <EnumText of="administrationKind" value={kind} />, ...population }}
        />
      </p>
      <CountryLinks
        country={country}
        label="administration.usedIn"
        list="peer-solutions"
        parameter="usedAtHome"
        cursor="solutionsAfter"
      />
      {solutions.length > 0 && (
        <Table
          caption={<FormattedMessage id="administration.peerSolutionsCaption" values={{ count: totalCount }} />}
          head={[
            <FormattedMessage id="common.solution" key="solution" />,
            <FormattedMessage id="administration.peerUsers" key="users" />,
            <FormattedMessage id="administration.allUsers" key="all" />,
            <FormattedMessage id="common.licence" key="licence" />,
          ]}
        >
          {solutions.map((solution) => (
            <SolutionRow key={solution.id} solution={solution} />
          ))}
        </Table>
      )}
      {solutions.length + usedItself < totalCount && (
        <p>
          <FormattedMessage id="administration.peerSolutionsPage" values={{ count: solutions.length + usedItself }} />
        </p>
      )}
      {usedItself > 0 && (
        <p>
          <FormattedMessage id="administration.usedItself" values={{ count: usedItself }} />
        </p>
      )}
      {isOwnUseCut && (
        <p>
          <FormattedMessage id="administration.ownUseCut" />
        </p>
      )}
      <Pager pageInfo={pageInfo} parameter="solutionsAfter" />
      {unknown !== null && unknown > 0 && (
        <p>
          <FormattedMessage id="administration.peerSolutionsUnknown" values={{ count: unknown }} />
        </p>
      )}
      {staleCatalogues !== null && staleCatalogues.length > 0 && (
        <p>
          <FormattedMessage
            id="common.staleCatalogues"
            values={{ names: intl.formatList(staleCatalogues.map((code) => formatCountry(intl, code))) }}
          />
        </p>
      )}
      <ExportLinks
        operation="solutions"
        variables={{ filter: { usedByKind: kind, usedByPopulation: population, usedInAny: usedIn } }}
      />
    </>
  );
}

function SolutionRow({ solution }: { readonly solution: PeerSolution }) {
  const { id, name, nameLanguage, shortDescription, shortDescriptionLanguage, licence, reuse, adoptions } = solution;
  return (
    <tr>
      <th scope="row">
        <PageLink to={solutionPath(id)}>
          <Text value={name ?? id} lang={nameLanguage} />
        </PageLink>
        {shortDescription !== null && (
          <p className="description">
            <Text value={shortDescription} lang={shortDescriptionLanguage} />
          </p>
        )}
      </th>
      <td>{adoptions === null ? <Unknown /> : <PeerUsers {...adoptions} />}</td>
      <td className="number">
        {reuse === null ? (
          <Unknown />
        ) : (
          <FormattedNumber value={reuse.reduce((sum, { adopters }) => sum + adopters, 0)} />
        )}
      </td>
      <td>{licence === null ? <Unknown /> : <Text value={licence} />}</td>
    </tr>
  );
}

/** How many similar administrations are named as users, and the first of them. */
function PeerUsers({ nodes, totalCount }: NonNullable<PeerSolution['adoptions']>) {
  return (
    <>
      <FormattedNumber value={totalCount} />
      {nodes.map((user, index) =>
        user?.administrationId ? (
          <span key={user.administrationId}>
            {index === 0 ? ': ' : ', '}
            <PageLink to={organisationPath(user.administrationId)}>
              <Text
                value={user.administration?.name ?? user.administrationId}
                lang={user.administration?.nameLanguage}
              />
            </PageLink>
          </span>
        ) : null,
      )}
      {totalCount > nodes.length && ', …'}
    </>
  );
}
