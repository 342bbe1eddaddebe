import { FormattedMessage } from 'react-intl';

import { Code } from '../../components/code.js';
import { CountryName } from '../../components/country-name.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { administrationPath } from '../../model/paths.js';
import type { CatalogueData, CatalogueStatus } from './data.js';
import { UnidentifiedUsers } from './unidentified-users.js';

/** The users that a catalogue names and that were not identified, with those that a person has to decide on. */
export function OpenUsers({ country, status, unidentified }: Omit<CatalogueData, 'catalogue'>) {
  return (
    <ListSection
      id="open-users"
      title="catalogue.openUsers"
      none="catalogue.noOpenUsers"
      list={status}
      isEmpty={({ usersNamed }) => usersNamed === 0}
    >
      {({ usersNamed, usersMatched, openUsers }) => (
        <>
          <p>
            <FormattedMessage
              id="catalogue.usersNamed"
              values={{ named: usersNamed, matched: usersMatched, open: usersNamed - usersMatched }}
            />
          </p>
          {openUsers.length > 0 && (
            <Table
              caption={<FormattedMessage id="catalogue.openUsersCaption" values={{ count: openUsers.length }} />}
              head={[
                <FormattedMessage id="catalogue.userName" key="name" />,
                <FormattedMessage id="catalogue.userCandidates" key="candidates" />,
                <FormattedMessage id="catalogue.statement" key="statement" />,
              ]}
            >
              {openUsers.map(({ adoptionId, name, candidates }) => (
                <tr key={adoptionId}>
                  <th scope="row">
                    <Text value={name} />
                  </th>
                  <td>{candidates === null ? <Unknown /> : <UserCandidates candidates={candidates} />}</td>
                  <td>
                    <Code>{adoptionId}</Code>
                  </td>
                </tr>
              ))}
            </Table>
          )}
          {unidentified === null ? (
            <p className="unknown">
              <FormattedMessage id="common.notRead" />
            </p>
          ) : (
            unidentified.totalCount > 0 && <UnidentifiedUsers country={country} users={unidentified} />
          )}
        </>
      )}
    </ListSection>
  );
}

function UserCandidates({ candidates }: { readonly candidates: NonNullable<OpenUser['candidates']> }) {
  return (
    <ul className="inline">
      {candidates.map((candidate, index) => (
        <li key={candidate?.id ?? index}>
          {candidate === null ? (
            <FormattedMessage id="common.notRead" />
          ) : (
            <>
              <PageLink to={administrationPath(candidate.id)}>
                <Text value={candidate.name} lang={candidate.nameLanguage} />
              </PageLink>{' '}
              (<CountryName code={candidate.country} />)
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

type OpenUser = CatalogueStatus['openUsers'][number];
