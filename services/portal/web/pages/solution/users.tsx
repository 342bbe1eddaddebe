import type { ReactNode } from 'react';
import { FormattedMessage, FormattedNumber } from 'react-intl';

import { FiguresTable } from '../../charts/figures-table.js';
import type { PublishedFigure } from '../../charts/growth.js';
import { AsOfForm } from '../../components/as-of-form.js';
import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { ExportLinks } from '../../components/export-links.js';
import { Table } from '../../components/table.js';
import { Unknown } from '../../components/unknown.js';
import type { CountryReuse, Solution, UnconfirmedReuse } from './data.js';
import { UserList } from './user-list.js';

interface UsersProps {
  readonly solution: Solution;
  readonly country: string | null;
  /** The day on which they use it. Null is today. */
  readonly asOf: string | null;
  /** Published figures, which are shown apart from what is counted. */
  readonly claims: readonly PublishedFigure[];
  /** Pictures of their growth and of where they are. */
  readonly children: ReactNode;
}

/** Who uses the solution: counted for each country, and by name. Published figures are shown apart from what is counted. */
export function Users({ solution, country, asOf, claims, children }: UsersProps) {
  const { id, reuse, unconfirmedReuse } = solution;
  return (
    <section aria-labelledby="users">
      <h2 id="users">
        <FormattedMessage id="solution.users.title" />
      </h2>
      <AsOfForm asOf={asOf} keepsPosition />
      {reuse === null ? <Unknown /> : <CountedUsers reuse={reuse} />}
      {unconfirmedReuse !== null && unconfirmedReuse.length > 0 && <UnconfirmedUsers reuse={unconfirmedReuse} />}
      {claims.length > 0 && <FiguresTable figures={claims} />}
      {children}
      <UserList solution={solution} country={country} />
      <ExportLinks
        operation="users"
        variables={{ solution: id, countries: country === null ? null : [country], asOf }}
        feed={`/feeds/users.atom?${new URLSearchParams({ solution: id }).toString()}`}
      />
    </section>
  );
}

/** The users in each country that its own catalogue states. */
function CountedUsers({ reuse }: { readonly reuse: readonly CountryReuse[] }) {
  if (reuse.length === 0)
    return (
      <p>
        <FormattedMessage id="solution.users.noneCounted" />
      </p>
    );
  const heads = ['country', 'adopters', 'knownSince', 'dated', 'observed'];
  return (
    <Table
      caption={<FormattedMessage id="solution.users.counted" />}
      head={heads.map((head) => (
        <FormattedMessage key={head} id={`solution.users.${head}`} />
      ))}
    >
      {reuse.map(({ country, adopters, knownSince, dated, observed }) => (
        <tr key={country}>
          <th scope="row">
            <CountryName code={country} />
          </th>
          <td className="number">
            <FormattedNumber value={adopters} />
          </td>
          <td>
            <DateText date={knownSince} />
          </td>
          <td className="number">{dated === null ? <Unknown /> : <FormattedNumber value={dated} />}</td>
          <td className="number">{observed === null ? <Unknown /> : <FormattedNumber value={observed} />}</td>
        </tr>
      ))}
    </Table>
  );
}

/** The users that only the catalogue of another country states. */
const UnconfirmedUsers = ({ reuse }: { readonly reuse: readonly UnconfirmedReuse[] }) => (
  <ul>
    {reuse.map(({ country, assertedBy, adopters }) => (
      <li key={`${country} ${assertedBy}`}>
        <FormattedMessage
          id="solution.users.unconfirmed"
          values={{
            count: adopters,
            country: <CountryName key="country" code={country} />,
            assertedBy: <CountryName key="assertedBy" code={assertedBy} />,
          }}
        />
      </li>
    ))}
  </ul>
);
