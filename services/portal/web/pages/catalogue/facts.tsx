import { FormattedMessage, type IntlShape, useIntl } from 'react-intl';

import { AreaName } from '../../components/area-name.js';
import { Code } from '../../components/code.js';
import { DateText } from '../../components/date-text.js';
import { EnumText } from '../../components/enum-text.js';
import { Text, toLanguageTag } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import type { Catalogue } from './data.js';

/** What a catalogue states of itself: its languages, the registers of its codes, and of what its lists are complete. */
export function Facts({ catalogue }: { readonly catalogue: Catalogue }) {
  const intl = useIntl();
  const { title, titleLanguage, languages, identifierSchemes, completeSince } = catalogue;
  const languageNames = languages.map((code) => formatLanguage(intl, code));
  return (
    <dl className="facts">
      <dt>
        <FormattedMessage id="catalogue.name" />
      </dt>
      <dd>
        <Text value={title} lang={titleLanguage} />
      </dd>
      <dt>
        <FormattedMessage id="catalogue.languages" />
      </dt>
      <dd>
        <Text value={intl.formatList(languageNames)} />
      </dd>
      <dt>
        <FormattedMessage id="catalogue.codes" />
      </dt>
      <dd>
        <ul>
          {identifierSchemes.map(({ scheme, title: register, agency }) => (
            <li key={scheme}>
              <Code>{scheme}</Code> <Text value={register} lang="en" />
              {agency !== null && (
                <>
                  {' '}
                  (<Text value={agency} />)
                </>
              )}
            </li>
          ))}
        </ul>
      </dd>
      <dt>
        <FormattedMessage id="catalogue.complete" />
      </dt>
      <dd>
        {completeSince === null || completeSince.length === 0 ? (
          <Unknown />
        ) : (
          <ul>
            {completeSince.map(({ kind, nuts, since }) => (
              <li key={`${kind} ${String(nuts)}`}>
                <EnumText of="administrationKind" value={kind} />
                {nuts !== null && (
                  <>
                    {' '}
                    (<AreaName code={nuts} />)
                  </>
                )}{' '}
                <FormattedMessage id="catalogue.sinceDay" values={{ date: <DateText date={since} /> }} />
              </li>
            ))}
          </ul>
        )}
      </dd>
    </dl>
  );
}

/** The name of a language in the reader's; what is not written like a tag is shown as it is. */
function formatLanguage(intl: IntlShape, code: string): string {
  const tag = toLanguageTag(code);
  return (tag === undefined ? undefined : intl.formatDisplayName(tag, { type: 'language' })) ?? code;
}
