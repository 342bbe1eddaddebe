import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { EnumText } from '../../components/enum-text.js';
import { ExternalLink } from '../../components/external-link.js';
import { LanguageNames } from '../../components/language-names.js';
import { PageLink } from '../../components/page-link.js';
import { Part } from '../../components/part.js';
import { SourceNote } from '../../components/source-note.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { organisationPath } from '../../model/paths.js';
import type { Solution, SolutionRecord } from './data.js';
import { recordFragment } from './field-origin-note.js';

/** The fields of records, in the order of the rows. */
const fields: readonly (readonly [field: string, show: (record: SolutionRecord) => ReactNode])[] = [
  ['name', ({ name }) => <Text value={name} />],
  [
    'shortDescription',
    ({ shortDescription, shortDescriptionLanguage }) => textOr(shortDescription, shortDescriptionLanguage),
  ],
  ['publisher', (record) => <Publisher record={record} />],
  ['licence', ({ licence }) => textOr(licence)],
  ['developmentStatus', ({ developmentStatus }) => enumOr('developmentStatus', developmentStatus)],
  ['maintenance', ({ maintenance }) => enumOr('maintenanceType', maintenance)],
  ['maintainedUntil', ({ maintainedUntil }) => <DateText date={maintainedUntil} />],
  ['contractors', (record) => <Contractors record={record} />],
  ['softwareVersion', ({ softwareVersion }) => textOr(softwareVersion)],
  ['releaseDate', ({ releaseDate }) => <DateText date={releaseDate} />],
  ['softwareType', ({ softwareType }) => enumOr('softwareType', softwareType)],
  ['categories', ({ categories }) => textOr(categories.length > 0 ? categories.join(', ') : null)],
  ['availableLanguages', ({ availableLanguages }) => <LanguageNames tags={availableLanguages} />],
  ['url', ({ url }) => (url === null ? <Unknown /> : <ExternalLink href={url} />)],
  ['landingURL', ({ landingURL }) => (landingURL === null ? <Unknown /> : <ExternalLink href={landingURL} />)],
  ['source', ({ provenance }) => <SourceNote {...provenance} />],
];

const textOr = (value: string | null, lang?: string | null): ReactNode =>
  value === null ? <Unknown /> : <Text value={value} lang={lang} />;

const enumOr = (of: string, value: string | null): ReactNode =>
  value === null ? <Unknown /> : <EnumText of={of} value={value} />;

/** What each catalogue states of the solution, side by side. */
export function Records({ solution: { records } }: { readonly solution: Solution }) {
  const readable = (records ?? []).filter((record) => record !== null);
  return (
    <section aria-labelledby="records">
      <h2 id="records">
        <FormattedMessage id="solution.records.title" />
      </h2>
      {readable.length === 0 ? (
        <p>
          <FormattedMessage
            id={records === null || records.length > 0 ? 'solution.records.unread' : 'solution.records.none'}
          />
        </p>
      ) : (
        <div className="table" role="group" aria-labelledby="records" tabIndex={0}>
          <table className="side-by-side">
            <thead>
              <tr>
                <td />
                {readable.map(({ id, country }) => (
                  <th key={id} id={recordFragment(id)} scope="col">
                    <CountryName code={country} />
                    <br />
                    <code>{id}</code>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {fields.map(([field, show]) => (
                <Part key={field}>
                  <tr>
                    <th scope="row">
                      <FormattedMessage id={`solution.field.${field}`} />
                    </th>
                    {readable.map((record) => (
                      <td key={record.id}>{show(record)}</td>
                    ))}
                  </tr>
                </Part>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Publisher({ record: { publisherId, publisher, publisherName } }: { readonly record: SolutionRecord }) {
  const name = publisher?.name ?? publisherName ?? publisherId;
  if (name === null) return <Unknown />;
  if (publisherId === null) return <Text value={name} />;
  return (
    <PageLink to={organisationPath(publisherId)}>
      <Text value={name} />
    </PageLink>
  );
}

function Contractors({ record: { contractors } }: { readonly record: SolutionRecord }) {
  if (contractors.length === 0) return <Unknown />;
  return (
    <ul className="inline">
      {contractors.map(({ name, until, website }) => (
        <li key={name}>
          {website === null ? (
            <Text value={name} />
          ) : (
            <ExternalLink href={website}>
              <Text value={name} />
            </ExternalLink>
          )}
          {until !== null && (
            <>
              {' '}
              (
              <FormattedMessage
                id="solution.facts.maintainedUntil"
                values={{ day: <DateText key="day" date={until} /> }}
              />
              )
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
