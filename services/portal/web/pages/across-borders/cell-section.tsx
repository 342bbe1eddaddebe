import { FormattedMessage, FormattedNumber } from 'react-intl';

import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { ExportLinks } from '../../components/export-links.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { UnreadRow } from '../../components/unread-row.js';
import { solutionPath } from '../../model/paths.js';
import type { CellSolutions, SharedSolution } from './data.js';

/** The solutions behind a number of the matrix, on its day. */
export function CellSection({ cell: { from, to, asOf, solutions } }: { readonly cell: CellSolutions }) {
  const head = ['solution', 'users', 'since'].map((name) => (
    <FormattedMessage key={name} id={`acrossBorders.cell.${name}`} />
  ));
  return (
    <section aria-labelledby="cell">
      <h2 id="cell">
        <FormattedMessage
          id="acrossBorders.cell.title"
          values={{ from: <CountryName key="from" code={from} />, to: <CountryName key="to" code={to} /> }}
        />
      </h2>
      <p>
        <FormattedMessage
          id="acrossBorders.cell.count"
          values={{ count: solutions.totalCount, date: <DateText key="date" date={asOf} /> }}
        />
      </p>
      {solutions.nodes.length > 0 && (
        <Table caption={<FormattedMessage id="acrossBorders.cell.table" />} head={head}>
          {solutions.nodes.map((solution, index) =>
            solution ? (
              <SolutionRow key={solution.id} solution={solution} country={to} />
            ) : (
              <UnreadRow key={index} columns={head.length} />
            ),
          )}
        </Table>
      )}
      <Pager pageInfo={solutions.pageInfo} />
      <ExportLinks
        operation="solutions"
        variables={{ filter: { publishedIn: [from], usedInAll: [to], usedOn: asOf }, asOf }}
      />
    </section>
  );
}

function SolutionRow({ solution, country }: { readonly solution: SharedSolution; readonly country: string }) {
  const reuse = solution.reuse?.find((each) => each.country === country);
  return (
    <tr>
      <th scope="row">
        <PageLink to={solutionPath(solution.id)}>
          <Text value={solution.name ?? solution.id} lang={solution.nameLanguage} />
        </PageLink>
        {solution.shortDescription !== null && (
          <span className="quiet">
            {' '}
            <Text value={solution.shortDescription} lang={solution.shortDescriptionLanguage} />
          </span>
        )}
      </th>
      <td className="number">{reuse ? <FormattedNumber value={reuse.adopters} /> : <Unknown />}</td>
      <td>
        {!reuse || reuse.firstAdopted !== null ? (
          <DateText date={reuse?.firstAdopted} precision={reuse?.firstAdoptedPrecision} />
        ) : (
          <FormattedMessage
            id="acrossBorders.cell.atLatest"
            values={{ date: <DateText key="date" date={reuse.knownSince} /> }}
          />
        )}
      </td>
    </tr>
  );
}
