import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

import { CountryNames } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { EnumText } from '../../components/enum-text.js';
import { OriginalName } from '../../components/original-name.js';
import { ExternalLink } from '../../components/external-link.js';
import { OrganisationLinks } from '../../components/organisation-links.js';
import { PageLink } from '../../components/page-link.js';
import { TopicName } from '../../components/topic-name.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { homePath, withParameters } from '../../model/paths.js';
import { FieldOriginNote } from './field-origin-note.js';
import type { Solution } from './data.js';

interface FactsProps {
  readonly solution: Solution;
  /** The names of its categories, by category. */
  readonly topicNames: Readonly<Record<string, string>>;
}

/** What the solution is, with the record from which each field was taken. */
export function Facts({ solution, topicNames }: FactsProps) {
  const { licence, licenceFamily, maintenance, maintainedUntil, categories, publishedIn } = solution;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">
        <FormattedMessage id="solution.facts.title" />
      </h2>
      <dl className="facts">
        <Fact of={solution} field="name">
          {solution.name === null ? <Unknown /> : <Text value={solution.name} lang={solution.nameLanguage} />}
          <OriginalName solution={solution} />
        </Fact>
        <Fact of={solution} field="kind">
          <EnumValue of="solutionKind" value={solution.kind} />
        </Fact>
        <Fact of={solution} field="licence">
          {licence === null ? <Unknown /> : <bdi>{licence}</bdi>}
          {licenceFamily !== null && (
            <>
              {' '}
              (<EnumText of="licenceFamily" value={licenceFamily} />)
            </>
          )}
        </Fact>
        <Fact of={solution} field="developmentStatus">
          <EnumValue of="developmentStatus" value={solution.developmentStatus} />
        </Fact>
        <Fact of={solution} field="maintenance">
          <EnumValue of="maintenanceType" value={maintenance} />
          {maintainedUntil !== null && (
            <>
              {', '}
              <FormattedMessage
                id="solution.facts.maintainedUntil"
                values={{ day: <DateText key="day" date={maintainedUntil} /> }}
              />
              <FieldOriginNote solution={solution} field="maintainedUntil" />
            </>
          )}
        </Fact>
        <Fact of={solution} field="releaseDate">
          <DateText date={solution.releaseDate} />
        </Fact>
        <Fact of={solution} field="softwareType">
          <EnumValue of="softwareType" value={solution.softwareType} />
        </Fact>
        <Fact of={solution} field="categories">
          <Topics topics={categories ?? []} names={topicNames} />
        </Fact>
        <Fact of={solution} field="url">
          {solution.url === null ? <Unknown /> : <ExternalLink href={solution.url} />}
        </Fact>
        <Fact of={solution} field="publisher">
          <OrganisationLinks ids={solution.publisherIds} organisations={solution.publishers} />
        </Fact>
        <Fact of={solution} field="publishedIn">
          {publishedIn === null ? <Unknown /> : <CountryNames codes={publishedIn} />}
        </Fact>
      </dl>
    </section>
  );
}

interface FactProps {
  readonly of: Solution;
  /** The name of the field of `Solution`, as `origins` names it. */
  readonly field: string;
  readonly children: ReactNode;
}

const Fact = ({ of, field, children }: FactProps) => (
  <>
    <dt>
      <FormattedMessage id={`solution.field.${field}`} />
    </dt>
    <dd>
      {children}
      <FieldOriginNote solution={of} field={field} />
    </dd>
  </>
);

/** Links to the solutions of each topic. */
function Topics({ topics, names }: { readonly topics: readonly string[]; readonly names: FactsProps['topicNames'] }) {
  if (topics.length === 0) return <Unknown />;
  return topics.map((topic, index) => (
    <span key={topic}>
      {index > 0 && ', '}
      <PageLink to={`${homePath}${withParameters('', { in: 'solutions', topic })}`}>
        <TopicName topic={topic} names={names} />
      </PageLink>
    </span>
  ));
}

const EnumValue = ({ of, value }: { readonly of: string; readonly value: string | null }) =>
  value === null ? <Unknown /> : <EnumText of={of} value={value} />;
