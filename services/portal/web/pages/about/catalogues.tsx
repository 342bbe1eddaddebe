import { FormattedMessage } from 'react-intl';

import { AreaName } from '../../components/area-name.js';
import { CountryName } from '../../components/country-name.js';
import { DateText } from '../../components/date-text.js';
import { EnumText } from '../../components/enum-text.js';
import { LanguageNames } from '../../components/language-names.js';
import { PageLink } from '../../components/page-link.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { UnreadRow } from '../../components/unread-row.js';
import { cataloguePath } from '../../model/paths.js';
import type { AboutData, Catalogue } from './data.js';

const heads = ['country', 'catalogue', 'languages', 'complete'] as const;

/** The national catalogues, from which all data comes. */
export const Catalogues = ({ catalogues }: Pick<AboutData, 'catalogues'>) => (
  <section aria-labelledby="sources">
    <h2 id="sources">
      <FormattedMessage id="about.sources.title" />
    </h2>
    <p>
      <FormattedMessage id="about.sources.text" />
    </p>
    {catalogues === null ? (
      <Unknown />
    ) : (
      <Table
        caption={<FormattedMessage id="about.sources.caption" />}
        head={heads.map((head) => (
          <FormattedMessage key={head} id={`about.sources.${head}`} />
        ))}
      >
        {catalogues.map((catalogue, index) =>
          catalogue ? (
            <CatalogueRow key={catalogue.id} catalogue={catalogue} />
          ) : (
            <UnreadRow key={index} columns={heads.length} />
          ),
        )}
      </Table>
    )}
  </section>
);

const CatalogueRow = ({
  catalogue: { country, title, titleLanguage, languages, completeSince },
}: {
  readonly catalogue: Catalogue;
}) => (
  <tr>
    <th scope="row">
      <PageLink to={cataloguePath(country)}>
        <CountryName code={country} />
      </PageLink>
    </th>
    <td>
      <Text value={title} lang={titleLanguage} />
    </td>
    <td>
      <LanguageNames tags={languages} />
    </td>
    <td>
      {completeSince === null || completeSince.length === 0 ? (
        <Unknown />
      ) : (
        <ul className="inline">
          {completeSince.map(({ kind, nuts, since }) => (
            <li key={`${kind} ${nuts ?? ''}`}>
              <EnumText of="administrationKind" value={kind} />
              {nuts !== null && (
                <>
                  {' '}
                  (<AreaName code={nuts} />)
                </>
              )}
              {': '}
              <FormattedMessage id="about.sources.since" values={{ day: <DateText key="day" date={since} /> }} />
            </li>
          ))}
        </ul>
      )}
    </td>
  </tr>
);
