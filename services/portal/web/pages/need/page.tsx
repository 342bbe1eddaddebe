import { FormattedMessage } from 'react-intl';

import { AsOfForm } from '../../components/as-of-form.js';
import { CountryName } from '../../components/country-name.js';
import { ExternalLink } from '../../components/external-link.js';
import { PageTitle } from '../../components/page-title.js';
import { SectionLinks } from '../../components/section-links.js';
import { SourceNote } from '../../components/source-note.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { regionNames } from '../../model/region-names.js';
import type { Need, NeedData } from './data.js';
import { Holders } from './holders.js';
import { WhatMeetsIt } from './what-meets-it.js';

/** A need: what it is, what may meet it, and who has it. */
export function Page({ data }: { readonly data: NeedData }) {
  const { need } = data;
  return (
    <>
      <PageTitle title={need.statement} lang={need.statementLanguage} />
      <SectionLinks
        sections={{
          stated: 'need.metByThose',
          candidates: 'need.candidates',
          'same-need': 'need.sameNeed',
          holders: 'need.holders',
        }}
      />
      <Facts need={need} />
      <WhatMeetsIt {...data} />
      <AsOfForm asOf={data.asOf} parameters={['nuts']}>
        <label>
          <FormattedMessage id="need.area" />{' '}
          <select key={data.nuts} name="nuts" defaultValue={data.nuts ?? ''}>
            <FormattedMessage id="common.all">{(all) => <option value="">{all}</option>}</FormattedMessage>
            {regionsOf(need.country, data.nuts).map((code) => (
              <option key={code} value={code}>
                {`${regionNames[code] ?? ''} ${code}`.trim()}
              </option>
            ))}
          </select>
        </label>{' '}
      </AsOfForm>
      <Holders {...data} />
    </>
  );
}

/** The codes of the regions of a country, the large ones before their parts, and the chosen code if it is none of them. */
const regionsOf = (country: string, chosen: string | null): readonly string[] => {
  const codes = Object.keys(regionNames).filter((code) => code.startsWith(country));
  return chosen === null || codes.includes(chosen) ? codes : [chosen, ...codes];
};

function Facts({ need }: { readonly need: Need }) {
  const { country, statement, statements, codes, legalBasis, url, provenance } = need;
  const others = statements.filter(({ text }) => text !== statement);
  return (
    <dl className="facts">
      <dt>
        <FormattedMessage id="common.country" />
      </dt>
      <dd>
        <CountryName code={country} />
      </dd>
      {others.length > 0 && (
        <>
          <dt>
            <FormattedMessage id="need.otherLanguages" />
          </dt>
          <dd>
            {others.map(({ language, text }) => (
              <p key={language}>
                <Text value={text} lang={language} />
              </p>
            ))}
          </dd>
        </>
      )}
      <dt>
        <FormattedMessage id="need.codes" />
      </dt>
      <dd>{codes.length === 0 ? <Unknown /> : <Codes codes={codes} />}</dd>
      <dt>
        <FormattedMessage id="need.legalBasis" />
      </dt>
      <dd>{legalBasis === null ? <Unknown /> : <Text value={legalBasis} />}</dd>
      {url !== null && (
        <>
          <dt>
            <FormattedMessage id="need.described" />
          </dt>
          <dd>
            <ExternalLink href={url} />
          </dd>
        </>
      )}
      <dt>
        <FormattedMessage id="common.source" />
      </dt>
      <dd>
        <SourceNote {...provenance} />
      </dd>
    </dl>
  );
}

/** Codes that the list of a country does not contain have no label. */
const Codes = ({ codes }: Pick<Need, 'codes'>) => (
  <ul>
    {codes.map(({ scheme, notation, code }) => (
      <li key={`${scheme} ${notation}`}>
        <Text value={`${scheme} ${notation}`} />
        {code && (
          <>
            {' '}
            <Text value={code.label} lang={code.labelLanguage} />
          </>
        )}
      </li>
    ))}
  </ul>
);
