import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';

import { AreaNames } from '../../components/area-name.js';
import { CountryName } from '../../components/country-name.js';
import { EnumText } from '../../components/enum-text.js';
import { ExternalLink } from '../../components/external-link.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import type { Consortium } from './data.js';

/** What a consortium is. */
export const Facts = ({ consortium }: { readonly consortium: Consortium }) => (
  <dl className="facts">
    <Fact name="kind">
      <EnumText of="consortiumKind" value={consortium.kind} />
      <LegalForm {...consortium} />
    </Fact>
    <Fact name="country">
      <CountryName code={consortium.country} />
    </Fact>
    <Fact name="status">
      {consortium.status === null ? (
        <Unknown />
      ) : (
        <>
          <EnumText of="consortiumStatus" value={consortium.status} />{' '}
          {consortium.statusProvenance && <SourceNote {...consortium.statusProvenance} />}
        </>
      )}
    </Fact>
    <Fact name="existed">
      <PeriodText {...consortium.existed} />
    </Fact>
    <Fact name="openTo">
      <OpenTo openTo={consortium.openTo} />
    </Fact>
    <Fact name="homepage">
      {consortium.homepage === null ? <Unknown /> : <ExternalLink href={consortium.homepage} />}
    </Fact>
    <Fact name="source">
      <SourceNote {...consortium.provenance} />
    </Fact>
  </dl>
);

/** The legal form in the country's own terms, unless the kind says the same. */
function LegalForm({ kind, legalForm }: Pick<Consortium, 'kind' | 'legalForm'>) {
  const { messages } = useIntl();
  const name = messages[`enums.consortiumKind.${kind}`];
  const isSame = typeof name === 'string' && name.toLowerCase() === legalForm?.toLowerCase();
  return (
    legalForm !== null &&
    !isSame && (
      <>
        {' '}
        (<Text value={legalForm} />)
      </>
    )
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>
      <FormattedMessage id={`consortium.fact.${name}`} />
    </dt>
    <dd>{children}</dd>
  </>
);

/** Who may join: in words if there are any, else by kind and region. */
function OpenTo({ openTo }: Pick<Consortium, 'openTo'>) {
  if (openTo === null) return <Unknown />;
  if (openTo.description !== null) return <Text value={openTo.description} lang={openTo.descriptionLanguage} />;
  return (
    <>
      {openTo.kinds.map((kind, index) => (
        <span key={kind}>
          {index > 0 && ', '}
          <EnumText of="administrationKind" value={kind} />
        </span>
      ))}{' '}
      (<AreaNames codes={openTo.nuts} />)
    </>
  );
}
