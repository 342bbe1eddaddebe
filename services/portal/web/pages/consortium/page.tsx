import { FormattedMessage, useIntl } from 'react-intl';

import { FiguresTable } from '../../charts/figures-table.js';
import { GrowthTable } from '../../charts/growth-table.js';
import { AsOfForm } from '../../components/as-of-form.js';
import { Figure } from '../../components/figure/figure.js';
import { MissingFigure } from '../../components/figure/missing-figure.js';
import { PeriodForm } from '../../components/figure/period-form.js';
import { PageTitle } from '../../components/page-title.js';
import { SectionLinks } from '../../components/section-links.js';
import { RegionsTable } from '../../maps/regions-table.js';
import { CoverageSection } from './coverage-section.js';
import type { ConsortiumData } from './data.js';
import { Facts } from './facts.js';
import { JoiningSection } from './joining-section.js';
import { MembersSection } from './members-section.js';
import { Portfolio } from './portfolio.js';

/** The parts of the page, by the fragments of its address. */
const sections = {
  coverage: 'consortium.coverage',
  growth: 'consortium.growth',
  terms: 'terms.title',
  members: 'consortium.members',
  portfolio: 'consortium.portfolio',
};

/** A consortium: who is a member, how many could be, what was published about it, and what it shares. */
export function Page({ data }: { readonly data: ConsortiumData }) {
  const { consortium, asOf, filter, growth, membersMap } = data;
  const { formatMessage } = useIntl();
  const { id, name } = consortium;
  const [growthTitle, mapTitle] = [
    formatMessage({ id: 'figures.title.members' }, { name }),
    formatMessage({ id: 'figures.title.membersMap' }, { name }),
  ];
  const claims = (consortium.claims ?? []).filter((claim) => claim !== null);
  return (
    <>
      <PageTitle title={name} lang={consortium.nameLanguage} />
      <Facts consortium={consortium} />
      <AsOfForm asOf={asOf} />
      <SectionLinks sections={sections} />
      <CoverageSection coverage={consortium.coverage} />
      <section aria-labelledby="growth">
        <h2 id="growth">
          <FormattedMessage id="consortium.growth" />
        </h2>
        {growth ? (
          <>
            <PeriodForm from={growth.from} to={growth.to} />
            <Figure
              picture="consortium-growth"
              parameters={{ id, from: growth.from, to: growth.to }}
              alt={growthTitle}
              table={<GrowthTable points={growth.series.points} />}
            />
          </>
        ) : (
          <MissingFigure title={growthTitle} />
        )}
        {claims.length > 0 && (
          <details>
            <summary>
              <FormattedMessage id="consortium.claims" values={{ count: claims.length }} />
            </summary>
            <FiguresTable figures={claims} />
          </details>
        )}
      </section>
      <JoiningSection consortium={consortium} />
      <MembersSection members={consortium.members} consortium={id} asOf={asOf} filter={filter}>
        {membersMap ? (
          <Figure
            picture="consortium-members-map"
            parameters={{ id, asOf }}
            alt={mapTitle}
            table={<RegionsTable map={membersMap.map} />}
          />
        ) : (
          <MissingFigure title={mapTitle} />
        )}
      </MembersSection>
      <Portfolio entries={consortium.portfolio} consortium={id} asOf={asOf} day={data.day} />
    </>
  );
}
