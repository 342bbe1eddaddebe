import { FormattedMessage, FormattedNumber } from 'react-intl';

import { AreaName } from '../../components/area-name.js';
import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { EnumText } from '../../components/enum-text.js';
import { ExternalLink } from '../../components/external-link.js';
import { PageLink } from '../../components/page-link.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { administrationPath } from '../../model/paths.js';
import type { Administration, RelatedAdministration } from './data.js';

/** What an administration is: its kind, size, area, names and codes, and what it was before and became after. */
export function Identity({ administration }: { readonly administration: Administration }) {
  const { kind, kindDetail, kindDetailLanguage, country, population, nuts, lau, homepage } = administration;
  return (
    <dl className="facts">
      <dt>
        <FormattedMessage id="administration.kind" />
      </dt>
      <dd>
        <EnumText of="administrationKind" value={kind} />
        {kindDetail !== null && (
          <>
            {' '}
            (<Text value={kindDetail} lang={kindDetailLanguage} />)
          </>
        )}
      </dd>
      <dt>
        <FormattedMessage id="common.country" />
      </dt>
      <dd>
        <CountryName code={country} />
      </dd>
      <dt>
        <FormattedMessage id="administration.population" />
      </dt>
      <dd>{population === null ? <Unknown /> : <Population {...population} />}</dd>
      <dt>
        <FormattedMessage id="administration.names" />
      </dt>
      <dd>
        <Names {...administration} />
      </dd>
      <dt>
        <FormattedMessage id="administration.codes" />
      </dt>
      <dd>
        <Codes {...administration} />
      </dd>
      <dt>
        <FormattedMessage id="administration.area" />
      </dt>
      <dd>
        {nuts === null ? <Unknown /> : <AreaName code={nuts} />}
        {lau !== null && (
          <>
            , <Text value={`LAU ${lau}`} />
          </>
        )}
      </dd>
      <dt>
        <FormattedMessage id="administration.existed" />
      </dt>
      <dd>
        <PeriodText {...administration.existed} />
      </dd>
      <Related title="administration.predecessors" administrations={administration.predecessors} />
      <Related title="administration.successors" administrations={administration.successors} />
      {homepage !== null && (
        <>
          <dt>
            <FormattedMessage id="administration.homepage" />
          </dt>
          <dd>
            <ExternalLink href={homepage} />
          </dd>
        </>
      )}
      <dt>
        <FormattedMessage id="common.source" />
      </dt>
      <dd>
        <SourceNote {...administration.provenance} />
      </dd>
    </dl>
  );
}

function Population({ count, on, provenance }: NonNullable<Administration['population']>) {
  return (
    <>
      <FormattedNumber value={count} />
      {on !== null && (
        <>
          {' '}
          (<DateText date={on} />)
        </>
      )}
      {provenance.method === 'INFERRED' && (
        <>
          {' '}
          <FormattedMessage id="administration.populationInferred" />
        </>
      )}{' '}
      <SourceNote {...provenance} />
    </>
  );
}

/** The official names, then all others: former and unofficial ones. */
function Names({ names, alternativeNames }: Pick<Administration, 'names' | 'alternativeNames'>) {
  return (
    <ul className="inline">
      {names.map(({ language, text }) => (
        <li key={`${language} ${text}`}>
          <Text value={text} lang={language} />{' '}
          <span className="tag">
            <Text value={language} />
          </span>
        </li>
      ))}
      {alternativeNames.map(({ language, text }) => (
        <li key={`${language} ${text}`}>
          <Text value={text} lang={language} />{' '}
          <span className="tag">
            <Text value={language} /> · <FormattedMessage id="administration.otherName" />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Codes({ identifiers }: Pick<Administration, 'identifiers'>) {
  if (identifiers.length === 0) return <Unknown />;
  return (
    <ul className="inline">
      {identifiers.map(({ scheme, notation, uri, during }) => (
        <li key={`${scheme} ${notation}`}>
          <Text value={scheme} />{' '}
          {uri === null ? (
            <Text value={notation} />
          ) : (
            <ExternalLink href={uri}>
              <Text value={notation} />
            </ExternalLink>
          )}
          {(during.start !== null || during.end !== null) && (
            <>
              {' '}
              (<PeriodText {...during} />)
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Nothing is shown if there are none: most administrations were never merged. */
function Related({
  title,
  administrations,
}: {
  readonly title: string;
  readonly administrations: readonly (RelatedAdministration | null)[] | null;
}) {
  if (administrations?.length === 0) return null;
  return (
    <>
      <dt>
        <FormattedMessage id={title} />
      </dt>
      <dd>
        {administrations === null ? (
          <Unknown />
        ) : (
          <ul className="inline">
            {administrations.map((related, index) => (
              <li key={related?.id ?? index}>
                {related === null ? (
                  <Unknown />
                ) : (
                  <>
                    <PageLink to={administrationPath(related.id)}>
                      <Text value={related.name} lang={related.nameLanguage} />
                    </PageLink>{' '}
                    (<PeriodText {...related.existed} />)
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </>
  );
}
