import { FormattedMessage } from 'react-intl';

import { consortiumPath } from '../../model/paths.js';
import { PageLink } from '../page-link.js';
import { SourceNote } from '../source-note.js';
import { Text } from '../text.js';
import type { Candidate } from './check-data.js';

/** Whether an administration may join those who maintain a solution, why, and the source that states it. */
export function Joining({ answer, because, consortiumId, consortium, source, observedOn }: Candidate['mayJoin']) {
  return (
    <>
      <strong className={`answer answer-${answer.toLowerCase()}`}>
        <FormattedMessage id={`reuse.mayJoin.${answer}`} />
      </strong>{' '}
      <FormattedMessage id={`reuse.joining.${because}`} />
      {consortiumId !== null && (
        <>
          {' '}
          <PageLink to={consortiumPath(consortiumId)}>
            <Text value={consortium?.name ?? consortiumId} lang={consortium?.nameLanguage} />
          </PageLink>
        </>
      )}
      {source !== null && (
        <>
          {' '}
          <SourceNote source={source} observedOn={observedOn} />
        </>
      )}
    </>
  );
}
