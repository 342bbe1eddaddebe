import { FormattedMessage } from 'react-intl';

import { Code } from '../../components/code.js';
import { EnumText } from '../../components/enum-text.js';
import { ExportLinks } from '../../components/export-links.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { solutionPath } from '../../model/paths.js';
import type { Catalogue, CheckedRecord } from './data.js';
import { Readiness } from './readiness.js';

interface QualityProps {
  readonly country: string;
  readonly records: Catalogue['records'];
}

/** The records of a catalogue that deviate from publiccode.yml, page by page. */
export function Quality({ country, records }: QualityProps) {
  return (
    <ListSection
      id="quality"
      title="catalogue.quality"
      none="catalogue.noRecords"
      list={records}
      isEmpty={({ totalCount }) => totalCount === 0}
    >
      {({ nodes, totalCount, pageInfo }) => {
        const read = nodes.filter((record) => record !== null);
        const deviating = read.filter(({ issues }) => issues.length > 0);
        return (
          <>
            <p>
              <FormattedMessage
                id="catalogue.qualityOfPage"
                values={{ total: totalCount, shown: read.length, deviating: deviating.length }}
              />
            </p>
            {deviating.length > 0 && (
              <Table
                caption={<FormattedMessage id="catalogue.qualityCaption" />}
                head={[
                  <FormattedMessage id="catalogue.record" key="record" />,
                  <FormattedMessage id="catalogue.valid" key="valid" />,
                  <FormattedMessage id="catalogue.issues" key="issues" />,
                  <FormattedMessage id="common.source" key="source" />,
                ]}
              >
                {deviating.map((record) => (
                  <RecordRow key={record.id} record={record} />
                ))}
              </Table>
            )}
            <Readiness records={read} />
            <Pager pageInfo={pageInfo} />
            <ExportLinks operation="record-issues" variables={{ catalogue: `${country.toLowerCase()}:catalogue` }} />
          </>
        );
      }}
    </ListSection>
  );
}

function RecordRow({ record }: { readonly record: CheckedRecord }) {
  const { name, solutionAddress, validByStandard, issues, provenance } = record;
  return (
    <tr>
      <th scope="row">
        <PageLink to={solutionPath(solutionAddress)}>
          <Text value={name} />
        </PageLink>
      </th>
      <td>
        {validByStandard === null ? (
          <Unknown />
        ) : (
          <FormattedMessage id={validByStandard ? 'common.yes' : 'common.no'} />
        )}
      </td>
      <td>
        <ul>
          {issues.map(({ severity, path, line, message }, index) => (
            <li key={index}>
              <EnumText of="severity" value={severity} />: <Code>{path}</Code>
              {line !== null && (
                <>
                  {' '}
                  (<FormattedMessage id="catalogue.line" values={{ line }} />)
                </>
              )}{' '}
              <Text value={message} lang="en" />
            </li>
          ))}
        </ul>
      </td>
      <td>
        <SourceNote {...provenance} />
      </td>
    </tr>
  );
}
