import { FormattedMessage } from 'react-intl';

import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { Moment } from '../../components/moment.js';
import { PageLink } from '../../components/page-link.js';
import { Text } from '../../components/text.js';
import { TopicName } from '../../components/topic-name.js';
import { Unknown } from '../../components/unknown.js';
import type { Check } from '../../components/check/check-data.js';
import { administrationPath, needPath } from '../../model/paths.js';
import type { CheckData } from './data.js';

interface WhatWasCheckedProps extends Pick<CheckData, 'record' | 'administration' | 'need' | 'topicNames'> {
  readonly check: Check;
}

/** The input of a check, its time, and what the need was understood to be about. */
export function WhatWasChecked({ check, record, administration, need, topicNames }: WhatWasCheckedProps) {
  const { chosen } = administration;
  return (
    <section aria-labelledby="checked">
      <h2 id="checked">
        <FormattedMessage id="check.checked" />
      </h2>
      <dl className="facts">
        <dt>
          <FormattedMessage id="common.need" />
        </dt>
        <dd>
          {check.text !== null && <Text value={check.text} />}
          {need && (
            <PageLink to={needPath(need.id)}>
              <Text value={need.statement} lang={need.statementLanguage} />
            </PageLink>
          )}
          {check.codes && <Text value={check.codes.join(', ')} />}
        </dd>
        <dt>
          <FormattedMessage id="check.for" />
        </dt>
        <dd>
          {chosen ? (
            <>
              <PageLink to={administrationPath(chosen.id)}>
                <Text value={chosen.name} lang={chosen.nameLanguage} />
              </PageLink>{' '}
              (<CountryName code={chosen.country} />, <Text value={chosen.id} />)
            </>
          ) : (
            <FormattedMessage id="check.forNone" />
          )}
        </dd>
        <dt>
          <FormattedMessage id="check.time" />
        </dt>
        <dd>{record ? <Moment time={record.checkedAt} /> : <DateText date={check.asOf} />}</dd>
        <dt>
          <FormattedMessage id="check.understoodAs" />
        </dt>
        <dd>
          <Topics topics={check.understoodAs} names={topicNames} />
        </dd>
      </dl>
    </section>
  );
}

/** Each topic with the words or codes that led to it, because words only suggest one. */
function Topics({
  topics,
  names,
}: {
  readonly topics: Check['understoodAs'];
  readonly names: CheckData['topicNames'];
}) {
  if (topics === null) return <Unknown />;
  if (topics.length === 0) return <FormattedMessage id="check.understoodNothing" />;
  return (
    <ul>
      {topics.map(({ topic, relation, path }) => (
        <li key={topic}>
          <TopicName topic={topic} names={names} /> (<FormattedMessage id={`check.relation.${relation}`} />
          {path.length > 1 && (
            <>
              : <Text value={path.slice(0, -1).join(' → ')} />
            </>
          )}
          )
        </li>
      ))}
    </ul>
  );
}
