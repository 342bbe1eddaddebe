import { FormattedMessage, FormattedNumber } from 'react-intl';

import { FigureNumber } from '../../charts/figures-table.js';
import { DateText } from '../../components/date-text.js';
import { EnumText } from '../../components/enum-text.js';
import { ExternalLink } from '../../components/external-link.js';
import { hostOf } from '../../model/host-of.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import type { Coverage } from './data.js';

/** What is counted, beside what is claimed. The two are never mixed: a share is only shown if all members are known. */
export function CoverageSection({ coverage }: { readonly coverage: Coverage | null }) {
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">
        <FormattedMessage id="consortium.coverage" />
      </h2>
      {coverage === null ? (
        <p className="unknown">
          <FormattedMessage id="common.notRead" />
        </p>
      ) : (
        <>
          <p>
            <FormattedMessage
              id="consortium.coverage.of"
              values={{
                kind: <EnumText key="kind" of="administrationKind" value={coverage.kind} />,
                date: <DateText key="date" date={coverage.asOf} />,
              }}
            />
          </p>
          <div className="coverage">
            <Counted {...coverage} />
            <Claimed claim={coverage.closestClaim} />
          </div>
        </>
      )}
    </section>
  );
}

function Counted({ knownMembers, eligible, share, complete }: Coverage) {
  return (
    <div className="counted">
      <h3>
        <FormattedMessage id="consortium.counted" />
      </h3>
      <dl>
        <dt>
          <FormattedMessage id="consortium.counted.known" />
        </dt>
        <dd>
          <FormattedNumber value={knownMembers} />
        </dd>
        <dt>
          <FormattedMessage id="consortium.counted.eligible" />
        </dt>
        <dd>{eligible === null ? <Unknown /> : <FormattedNumber value={eligible} />}</dd>
        <dt>
          <FormattedMessage id="consortium.counted.share" />
        </dt>
        <dd>
          {share === null ? <Unknown /> : <FormattedNumber value={share} style="percent" maximumFractionDigits={1} />}
        </dd>
      </dl>
      {!complete && (
        <p className="quiet">
          <FormattedMessage id="consortium.counted.incomplete" />
        </p>
      )}
    </div>
  );
}

function Claimed({ claim }: { readonly claim: Coverage['closestClaim'] }) {
  return (
    <div className="claimed">
      <h3>
        <FormattedMessage id="consortium.claimed" />
      </h3>
      {claim === null ? (
        <p>
          <FormattedMessage id="consortium.claimed.none" />
        </p>
      ) : (
        <>
          <p className="claim-number">
            <FigureNumber {...claim} />
          </p>
          <blockquote cite={claim.source}>
            <Text value={claim.statement} />
          </blockquote>
          <p className="quiet">
            <DateText date={claim.asOf} precision={claim.precision} /> ·{' '}
            <ExternalLink href={claim.source}>{hostOf(claim.source)}</ExternalLink>
          </p>
        </>
      )}
    </div>
  );
}
