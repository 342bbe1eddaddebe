import { FormattedMessage } from 'react-intl';

import { EnumText } from '../../components/enum-text.js';
import { ExportLinks } from '../../components/export-links.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { UnreadRow } from '../../components/unread-row.js';
import { solutionPath } from '../../model/paths.js';
import type { Administration, Adoption } from './data.js';

interface AdoptionsProps {
  readonly administration: Administration;
  readonly asOf: string | null;
}

/** The solutions that an administration uses, according to its own catalogue. */
export function Adoptions({ administration: { id, adoptions }, asOf }: AdoptionsProps) {
  return (
    <ListSection
      id="adoptions"
      title="administration.adoptions"
      none="administration.noAdoptions"
      list={adoptions}
      isEmpty={({ totalCount }) => totalCount === 0}
    >
      {({ nodes, totalCount, pageInfo, complete }) => (
        <>
          <Table
            caption={<FormattedMessage id="administration.adoptionsCaption" values={{ count: totalCount }} />}
            head={[
              <FormattedMessage id="common.solution" key="solution" />,
              <FormattedMessage id="common.status" key="status" />,
              <FormattedMessage id="common.period" key="period" />,
              <FormattedMessage id="common.source" key="source" />,
            ]}
          >
            {nodes.map((adoption, index) =>
              adoption === null ? (
                <UnreadRow key={index} columns={4} />
              ) : (
                <AdoptionRow key={adoption.id} adoption={adoption} />
              ),
            )}
          </Table>
          <Pager pageInfo={pageInfo} parameter="adoptionsAfter" />
          {complete !== true && (
            <p>
              <FormattedMessage id="administration.adoptionsIncomplete" />
            </p>
          )}
          <ExportLinks operation="solutions-in-use" variables={{ administration: id, asOf }} />
        </>
      )}
    </ListSection>
  );
}

function AdoptionRow({ adoption }: { readonly adoption: Adoption }) {
  const { solution, solutionAddress, status, version, during, provenance } = adoption;
  return (
    <tr>
      <th scope="row">
        <PageLink to={solutionPath(solution?.id ?? solutionAddress)}>
          <Text value={solution?.name ?? solutionAddress} lang={solution?.nameLanguage} />
        </PageLink>
        {version !== null && (
          <>
            {' '}
            <span className="tag">
              <Text value={version} />
            </span>
          </>
        )}
      </th>
      <td>
        <EnumText of="adoptionStatus" value={status} />
      </td>
      <td>
        <PeriodText {...during} />
      </td>
      <td>
        <SourceNote {...provenance} />
      </td>
    </tr>
  );
}
