import { useIntl } from 'react-intl';

import { GrowthTable } from '../../charts/growth-table.js';
import { Figure } from '../../components/figure/figure.js';
import { MissingFigure } from '../../components/figure/missing-figure.js';
import { PeriodForm } from '../../components/figure/period-form.js';
import { RegionsTable } from '../../maps/regions-table.js';
import type { SolutionData } from './data.js';

/** How the use of the solution has grown, and in which regions its users are. */
export function UseInPictures({ data: { solution, asOf, growth, usersMap } }: { readonly data: SolutionData }) {
  const { formatMessage } = useIntl();
  const { id } = solution;
  const name = solution.name ?? solution.address;
  const [growthTitle, mapTitle] = [
    formatMessage({ id: 'figures.title.users' }, { name }),
    formatMessage({ id: 'figures.title.usersMap' }, { name }),
  ];
  return (
    <>
      {growth ? (
        <>
          <PeriodForm from={growth.from} to={growth.to} />
          <Figure
            picture="solution-growth"
            parameters={{ id, from: growth.from, to: growth.to }}
            alt={growthTitle}
            table={<GrowthTable points={growth.series.points} />}
          />
        </>
      ) : (
        <MissingFigure title={growthTitle} />
      )}
      {usersMap ? (
        <Figure
          picture="solution-users-map"
          parameters={{ id, asOf }}
          alt={mapTitle}
          table={<RegionsTable map={usersMap.map} />}
        />
      ) : (
        <MissingFigure title={mapTitle} />
      )}
    </>
  );
}
