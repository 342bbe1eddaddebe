import { FormattedMessage, FormattedNumber } from 'react-intl';

import { DateText } from '../../components/date-text.js';
import { PageLink } from '../../components/page-link.js';
import { Unknown } from '../../components/unknown.js';
import { acrossBordersPath, homePath } from '../../model/paths.js';
import { CountryFigures } from './country-figures.js';
import type { EuropeToday } from './data.js';

interface EuropeFiguresProps {
  readonly europe: EuropeToday;
  readonly day: string;
}

/** Today's figures for Europe with their day, and how up to date the catalogues are from which they come. */
export function EuropeFigures({ europe, day }: EuropeFiguresProps) {
  const { reuseMatrix, catalogueStatus } = europe;
  const acrossBorders = reuseMatrix
    ?.filter(({ publishedIn, usedIn }) => publishedIn !== usedIn)
    .reduce((sum, { adoptions }) => sum + adoptions, 0);
  const unconfirmed = catalogueStatus?.reduce((sum, { unconfirmedAdoptions }) => sum + unconfirmedAdoptions, 0);
  const figures = [
    { name: 'solutions', count: europe.solutions?.totalCount, path: `${homePath}?in=solutions` },
    { name: 'consortia', count: europe.consortia?.totalCount, path: `${homePath}?in=consortia&sharing=1` },
    { name: 'administrations', count: europe.administrations?.totalCount, path: `${homePath}?in=administrations` },
    { name: 'needs', count: europe.needs?.totalCount, path: `${homePath}?in=needs` },
    { name: 'acrossBorders', count: acrossBorders, path: acrossBordersPath },
    { name: 'unconfirmed', count: unconfirmed, path: acrossBordersPath },
  ] as const;
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">
        <FormattedMessage id="home.figures.title" values={{ day: <DateText key="day" date={day} /> }} />
      </h2>
      <dl className="figures">
        {figures.map(({ name, count, path }) => (
          <div key={name}>
            <dt>
              <PageLink to={path}>
                <FormattedMessage id={`home.figures.${name}`} />
              </PageLink>
            </dt>
            <dd>{count === undefined ? <Unknown /> : <FormattedNumber value={count} />}</dd>
          </div>
        ))}
      </dl>
      <CountryFigures europe={europe} />
    </section>
  );
}
