import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

import { AreaNames } from '../../components/area-name.js';
import { CountryName } from '../../components/country-name.js';
import { EnumText } from '../../components/enum-text.js';
import { ExternalLink } from '../../components/external-link.js';
import { PageLink } from '../../components/page-link.js';
import { SourceNote } from '../../components/source-note.js';
import { TermsList } from '../../components/terms/terms-list.js';
import type { Terms } from '../../components/terms/terms.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { consortiumPath } from '../../model/paths.js';
import type { Maintainer, Solution } from './data.js';
import { Kinds } from './may-join-form.js';

interface JoiningProps {
  readonly solution: Solution;
  /** Whether one administration may join. */
  readonly children: ReactNode;
}

/** Who maintains the solution, who may join them, and on which terms. */
export function Joining({ solution: { maintainerIds, maintainers, terms }, children }: JoiningProps) {
  const joined = (maintainers ?? []).flatMap((maintainer) => maintainer?.terms ?? []);
  const all = [...joined.filter(({ solutionAddress }) => solutionAddress === null), ...(terms ?? [])];
  const nameOf = (id: string): string => maintainers?.find((found) => found?.id === id)?.name ?? id;
  return (
    <section aria-labelledby="joining">
      <h2 id="joining">
        <FormattedMessage id="solution.joining.title" />
      </h2>
      {maintainerIds === null ? (
        <Unknown />
      ) : maintainerIds.length === 0 ? (
        <p>
          <FormattedMessage id="solution.joining.noConsortium" />
        </p>
      ) : (
        maintainerIds.map((id) => (
          <Consortium key={id} id={id} consortium={maintainers?.find((found) => found?.id === id) ?? null} />
        ))
      )}
      {children}
      {all.length > 0 && (
        <>
          <h3>
            <FormattedMessage id="terms.title" />
          </h3>
          <TermsList heading="h4" terms={all} titleOf={(each) => <TermsTitle terms={each} nameOf={nameOf} />} />
        </>
      )}
    </section>
  );
}

interface TermsTitleProps {
  readonly terms: Terms;
  readonly nameOf: (consortiumId: string) => string;
}

function TermsTitle({ terms: { consortiumId, solutionAddress, country }, nameOf }: TermsTitleProps) {
  if (consortiumId === null)
    return <FormattedMessage id="terms.ofCountry" values={{ country: <CountryName key="country" code={country} /> }} />;
  return (
    <FormattedMessage
      id={solutionAddress === null ? 'terms.ofJoiningConsortium' : 'terms.ofConsortium'}
      values={{
        name: (
          <PageLink key="name" to={consortiumPath(consortiumId)}>
            <Text value={nameOf(consortiumId)} />
          </PageLink>
        ),
      }}
    />
  );
}

function Consortium({ id, consortium }: { readonly id: string; readonly consortium: Maintainer | null }) {
  return (
    <article className="card">
      <h3>
        <PageLink to={consortiumPath(id)}>
          <Text value={consortium?.name ?? id} />
        </PageLink>
      </h3>
      {consortium ? (
        <JoiningRules consortium={consortium} />
      ) : (
        <p className="unknown">
          <FormattedMessage id="common.notRead" />
        </p>
      )}
    </article>
  );
}

const JoiningRules = ({
  consortium: { status, openTo, homepage, provenance },
}: {
  readonly consortium: Maintainer;
}) => (
  <dl className="facts">
    <dt>
      <FormattedMessage id="common.status" />
    </dt>
    <dd>{status === null ? <Unknown /> : <EnumText of="consortiumStatus" value={status} />}</dd>
    <dt>
      <FormattedMessage id="solution.joining.openTo" />
    </dt>
    <dd>
      {openTo ? (
        <>
          <p>
            <Kinds kinds={openTo.kinds} />{' '}
            <FormattedMessage
              id="solution.joining.areas"
              values={{ areas: <AreaNames key="areas" codes={openTo.nuts} /> }}
            />
          </p>
          {openTo.description !== null && (
            <p>
              <Text value={openTo.description} lang={openTo.descriptionLanguage} />
            </p>
          )}
          <SourceNote {...provenance} />
        </>
      ) : (
        <Unknown />
      )}
    </dd>
    <dt>
      <FormattedMessage id="solution.joining.contact" />
    </dt>
    <dd>{homepage === null ? <Unknown /> : <ExternalLink href={homepage} />}</dd>
  </dl>
);
