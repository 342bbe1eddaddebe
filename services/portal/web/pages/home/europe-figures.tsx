import { FormattedMessage, FormattedNumber } from 'react-intl';

import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { Unknown } from '../../components/unknown.js';
import type { EuropeToday } from './data.js';

/** Today's figures for Europe, and the catalogues that they come from. */
export function EuropeFigures({ europe }: { readonly europe: EuropeToday }) {
  const { reuseMatrix } = europe;
  const across = reuseMatrix
    ?.filter(({ publishedIn, usedIn }) => publishedIn !== usedIn)
    .reduce((sum, { adoptions }) => sum + adoptions, 0);
  const figures = [
    ['solutions', europe.solutions?.totalCount],
    ['consortia', europe.consortia?.totalCount],
    ['administrations', europe.administrations?.totalCount],
    ['needs', europe.needs?.totalCount],
    ['acrossBorders', across],
  ] as const;
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">
        <FormattedMessage id="home.figures.title" />
      </h2>
      <dl className="figures">
        {figures.map(([name, count]) => (
          <div key={name}>
            <dt>
              <FormattedMessage id={`home.figures.${name}`} />
            </dt>
            <dd>{count === undefined ? <Unknown /> : <FormattedNumber value={count} />}</dd>
          </div>
        ))}
      </dl>
      <Catalogues europe={europe} />
    </section>
  );
}

const Catalogues = ({ europe: { catalogueStatus } }: { readonly europe: EuropeToday }) => (
  <ul className="catalogues">
    {catalogueStatus?.map(({ country, state, indexedAt }) => (
      <li key={country}>
        <CountryName code={country} />{' '}
        <FormattedMessage id={`home.catalogue.${state}`} values={{ day: <DateText key="day" date={indexedAt} /> }} />
      </li>
    ))}
  </ul>
);
