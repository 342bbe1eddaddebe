import { FormattedMessage, FormattedNumber } from 'react-intl';

import { CatalogueStateText } from '../../components/catalogue-state.js';
import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { ExportLinks } from '../../components/export-links.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Table } from '../../components/table.js';
import { Unknown } from '../../components/unknown.js';
import { acrossBordersPath, cataloguePath, homePath, withParameters } from '../../model/paths.js';
import type { CountryStatus, EuropeToday } from './data.js';

/** What is counted in each country, with the search that lists it. */
const columns = [
  { name: 'solutions', search: { in: 'solutions' } },
  { name: 'sharingConsortia', search: { in: 'consortia', sharing: '1' } },
  { name: 'administrations', search: { in: 'administrations' } },
  { name: 'needs', search: { in: 'needs' } },
] as const;

/** The figures of each country, and how up to date they are: a country that does not respond is emphasised. */
export const CountryFigures = ({ europe: { catalogueStatus, reuseMatrix } }: { readonly europe: EuropeToday }) => (
  <ListSection
    id="countries"
    title="home.countries"
    none="common.notRead"
    list={catalogueStatus}
    isEmpty={({ length }) => length === 0}
  >
    {(countries) => (
      <>
        <Table
          caption={<FormattedMessage id="home.countries.caption" />}
          head={[
            <FormattedMessage id="common.country" key="country" />,
            ...columns.map(({ name }) => <FormattedMessage id={`home.countries.${name}`} key={name} />),
            <FormattedMessage id="home.countries.uses" key="uses" />,
            <FormattedMessage id="home.countries.usesFromAbroad" key="abroad" />,
            <FormattedMessage id="home.countries.asOf" key="asOf" />,
            <FormattedMessage id="common.state" key="state" />,
          ]}
        >
          {countries.map((status) => (
            <CountryRow
              key={status.country}
              status={status}
              uses={reuseMatrix?.filter(({ usedIn }) => usedIn === status.country)}
            />
          ))}
        </Table>
        <ExportLinks operation="country-figures" variables={{}} />
      </>
    )}
  </ListSection>
);

interface CountryRowProps {
  readonly status: CountryStatus;
  /** The cells of the reuse matrix about users in the country. */
  readonly uses: EuropeToday['reuseMatrix'] | undefined;
}

function CountryRow({ status: { country, state, indexedAt, figures }, uses }: CountryRowProps) {
  const sum = (cells: NonNullable<CountryRowProps['uses']>): number =>
    cells.reduce((total, { adoptions }) => total + adoptions, 0);
  const fromAbroad = uses?.filter(({ publishedIn }) => publishedIn !== country);
  return (
    <tr className={state === 'UNREACHABLE' ? 'behind' : undefined}>
      <th scope="row">
        <PageLink to={cataloguePath(country)}>
          <CountryName code={country} />
        </PageLink>
      </th>
      {columns.map(({ name, search }) => (
        <td key={name} className="number">
          {figures === null ? (
            <Unknown />
          ) : (
            <PageLink to={`${homePath}${withParameters('', { ...search, country })}`}>
              <FormattedNumber value={figures[name]} />
            </PageLink>
          )}
        </td>
      ))}
      <td className="number">{uses ? <FormattedNumber value={sum(uses)} /> : <Unknown />}</td>
      <td className="number">
        {fromAbroad ? (
          <PageLink to={acrossBordersPath}>
            <FormattedNumber value={sum(fromAbroad)} />
          </PageLink>
        ) : (
          <Unknown />
        )}
      </td>
      <td>
        <DateText date={indexedAt} />
      </td>
      <td>
        <CatalogueStateText state={state} />
      </td>
    </tr>
  );
}
