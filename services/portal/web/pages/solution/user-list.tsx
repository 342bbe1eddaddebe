import { FormattedMessage, useIntl } from 'react-intl';
import { useLocation } from 'react-router';

import { CountryName } from '../../components/country-name.js';
import { EnumText } from '../../components/enum-text.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { UnreadRow } from '../../components/unread-row.js';
import { administrationPath, solutionPath, withParameters } from '../../model/paths.js';
import type { Adoption, Solution } from './data.js';

const heads = ['user', 'country', 'status', 'period', 'source'];

/** The users by name, page by page, of all countries or one. */
export function UserList({ solution, country }: { readonly solution: Solution; readonly country: string | null }) {
  const { adoptions } = solution;
  if (adoptions === null)
    return (
      <p className="unknown">
        <FormattedMessage id="common.notRead" />
      </p>
    );
  return (
    <>
      <h3>
        <FormattedMessage id="solution.users.listed" values={{ count: adoptions.totalCount }} />
      </h3>
      <CountryFilter solution={solution} country={country} />
      {adoptions.nodes.length > 0 && (
        <Table
          caption={<FormattedMessage id="solution.users.list" />}
          head={heads.map((head) => (
            <FormattedMessage key={head} id={`solution.users.${head}`} />
          ))}
        >
          {adoptions.nodes.map((adoption, index) =>
            adoption ? (
              <UserRow key={adoption.id} adoption={adoption} />
            ) : (
              <UnreadRow key={index} columns={heads.length} />
            ),
          )}
        </Table>
      )}
      <Pager pageInfo={adoptions.pageInfo} />
    </>
  );
}

/** Links to the users in one country. They are the countries of counted users, and of those that others state. */
function CountryFilter({ solution, country }: { readonly solution: Solution; readonly country: string | null }) {
  const { formatMessage } = useIntl();
  const { search } = useLocation();
  const countries = [
    ...new Set([...(solution.reuse ?? []), ...(solution.unconfirmedReuse ?? [])].map((row) => row.country)),
  ];
  if (countries.length < 2 && country === null) return null;
  const pathOf = (value: string | undefined): string =>
    `${solutionPath(solution.id)}${withParameters(search, { country: value, after: undefined })}`;
  return (
    <nav aria-label={formatMessage({ id: 'solution.users.filter' })}>
      <ul className="filters inline">
        <li>
          <PageLink to={pathOf(undefined)} keepsPosition current={country === null ? 'true' : undefined}>
            <FormattedMessage id="common.all" />
          </PageLink>
        </li>
        {countries.map((code) => (
          <li key={code}>
            <PageLink to={pathOf(code)} keepsPosition current={country === code ? 'true' : undefined}>
              <CountryName code={code} />
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const UserRow = ({
  adoption: { country, status, confirmed, during, provenance, ...user },
}: {
  readonly adoption: Adoption;
}) => (
  <tr>
    <th scope="row">
      <User {...user} />
      {confirmed === false && (
        <p className="quiet">
          <FormattedMessage id="common.unconfirmed" />
        </p>
      )}
    </th>
    <td>
      <CountryName code={user.administrationId?.slice(0, 2).toUpperCase() ?? country} />
    </td>
    <td>
      <EnumText of="adoptionStatus" value={status} />
    </td>
    <td>
      <PeriodText {...during} />
    </td>
    <td>
      <SourceNote {...provenance} />
    </td>
  </tr>
);

type UserNames = Pick<Adoption, 'administrationId' | 'administration' | 'rawName' | 'group'>;

/** The user by its name; a group, or a name that could not be matched, as the source writes it. */
function User({ administrationId, administration, rawName, group }: UserNames) {
  const name = administration?.name ?? rawName ?? group ?? administrationId;
  if (administrationId === null) return <Text value={name ?? ''} />;
  return (
    <PageLink to={administrationPath(administrationId)}>
      <Text value={name ?? administrationId} />
    </PageLink>
  );
}
