import { FormattedMessage } from 'react-intl';

import { EnumText } from '../../components/enum-text.js';
import { ExternalLink } from '../../components/external-link.js';
import { PageLink } from '../../components/page-link.js';
import { SourceNote } from '../../components/source-note.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { consortiumPath } from '../../model/paths.js';
import type { Maintainer, Solution } from './data.js';
import { TermsList } from './terms-list.js';

/** Who maintains the solution, who may join them, and on which terms. */
export function Joining({ solution: { maintainerIds, maintainers, terms } }: { readonly solution: Solution }) {
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
      {terms !== null && terms.length > 0 && <TermsList terms={terms} />}
    </section>
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
            {openTo.kinds.map((kind, index) => (
              <span key={kind}>
                {index > 0 && ', '}
                <EnumText of="administrationKind" value={kind} />
              </span>
            ))}{' '}
            <FormattedMessage
              id="solution.joining.areas"
              values={{ areas: <Text key="areas" value={openTo.nuts.join(', ')} /> }}
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
