import { FormattedMessage } from 'react-intl';

import { PrintButton } from '../../components/print-button.js';
import { Code } from '../../components/code.js';
import { PageLink } from '../../components/page-link.js';
import { checkPath, withParameters } from '../../model/paths.js';

interface RecordLinksProps {
  readonly id: string;
  /** Whether the page is the record itself. */
  readonly isRecord: boolean;
}

/** The record of a check: an address to file or to send, which repeats the check as of its day. */
export function RecordLinks({ id, isRecord }: RecordLinksProps) {
  return (
    <section className="record" aria-labelledby="record">
      <h2 id="record">
        <FormattedMessage id="check.record" />
      </h2>
      <p>
        <FormattedMessage id={isRecord ? 'check.recordShown' : 'check.recordExplained'} />
      </p>
      <p>
        {!isRecord && (
          <>
            <PageLink to={`${checkPath}${withParameters('', { record: id })}`}>
              <FormattedMessage id="check.openRecord" />
            </PageLink>{' '}
          </>
        )}
        <PrintButton />
      </p>
      <p className="address">
        <FormattedMessage id="check.recordId" /> <Code>{id}</Code>
      </p>
    </section>
  );
}
