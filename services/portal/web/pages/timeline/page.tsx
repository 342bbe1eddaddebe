import { FormattedMessage, useIntl } from 'react-intl';

import { FiguresTable } from '../../charts/figures-table.js';
import { GrowthTable } from '../../charts/growth-table.js';
import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { EnumText } from '../../components/enum-text.js';
import { Figure } from '../../components/figure/figure.js';
import { PeriodForm } from '../../components/figure/period-form.js';
import { PageLink } from '../../components/page-link.js';
import { PageTitle } from '../../components/page-title.js';
import { Part } from '../../components/part.js';
import { Text } from '../../components/text.js';
import { consortiumPath } from '../../model/paths.js';
import type { Timeline, TimelineGroup } from '../../pictures/timeline.js';

/** Growing groups of administrations, from 2012 until today. */
export function Page({ data: { from, to, groups, unread, more } }: { readonly data: Timeline }) {
  const { formatMessage } = useIntl();
  const years = { from: from.slice(0, 4), to: to.slice(0, 4) };
  return (
    <>
      <PageTitle title={formatMessage({ id: 'timeline.title' })} />
      <p className="lead">
        <FormattedMessage id="timeline.lead" />
      </p>
      <PeriodForm from={from} to={to} />
      <Figure
        picture="timeline"
        parameters={{ from, to }}
        alt={formatMessage({ id: 'figures.title.timeline' }, years)}
        table={groups.map((group) => (
          <div key={group.id}>
            <h3>
              <Text value={group.name} lang={group.nameLanguage} />
            </h3>
            <GrowthTable points={group.series.points} />
          </div>
        ))}
      />
      {unread.length > 0 && (
        <p className="notice">
          <FormattedMessage
            id="figures.unread"
            values={{
              names: unread.map(({ id, name, nameLanguage }, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  <PageLink to={consortiumPath(id)}>
                    <Text value={name} lang={nameLanguage} />
                  </PageLink>
                </span>
              )),
            }}
          />
        </p>
      )}
      {groups.map((group) => (
        <Part key={group.id}>
          <GroupSection group={group} />
        </Part>
      ))}
      {more > 0 && (
        <p>
          <FormattedMessage id="timeline.more" values={{ count: more }} />
        </p>
      )}
    </>
  );
}

function GroupSection({ group }: { readonly group: TimelineGroup }) {
  const { id, name, nameLanguage, country, start, startPrecision, status, openTo, series } = group;
  const last = series.points.at(-1);
  return (
    <section className="group">
      <h2>
        <PageLink to={consortiumPath(id)}>
          <Text value={name} lang={nameLanguage} />
        </PageLink>
      </h2>
      <p>
        <CountryName code={country} />
        {' · '}
        <FormattedMessage
          id="timeline.since"
          values={{ date: <DateText key="date" date={start} precision={startPrecision} /> }}
        />
        {status !== null && (
          <>
            {' · '}
            <EnumText of="consortiumStatus" value={status} />
          </>
        )}
        {last && (
          <>
            {' · '}
            <FormattedMessage id="figures.known" values={{ count: last.count }} />
          </>
        )}
      </p>
      {openTo?.description && (
        <p>
          <Text value={openTo.description} lang={openTo.descriptionLanguage} />
        </p>
      )}
      {series.figures.length > 0 && (
        <details>
          <summary>
            <FormattedMessage id="figures.table.figures" />
          </summary>
          <FiguresTable figures={series.figures} />
        </details>
      )}
    </section>
  );
}
