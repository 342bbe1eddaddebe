import { FormattedMessage } from 'react-intl';

import { EnumText } from '../../components/enum-text.js';
import { MoneyText } from '../../components/money-text.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { UnreadRow } from '../../components/unread-row.js';
import { needPath, withParameters } from '../../model/paths.js';
import type { Administration, HeldNeed } from './data.js';

interface HeldNeedsProps {
  readonly needs: Administration['needs'];
  /** Whose they are. */
  readonly administration: string;
}

/** What an administration needs according to its own catalogue, each with a link to what meets it. */
export function HeldNeeds({ needs, administration }: HeldNeedsProps) {
  return (
    <ListSection
      id="needs"
      title="administration.needs"
      none="administration.noNeeds"
      list={needs}
      isEmpty={({ totalCount }) => totalCount === 0}
    >
      {({ nodes, totalCount, pageInfo }) => (
        <>
          <Table
            caption={<FormattedMessage id="administration.needsCaption" values={{ count: totalCount }} />}
            head={[
              <FormattedMessage id="common.need" key="need" />,
              <FormattedMessage id="common.state" key="state" />,
              <FormattedMessage id="common.period" key="period" />,
              <FormattedMessage id="common.amount" key="amount" />,
              <FormattedMessage id="common.source" key="source" />,
            ]}
          >
            {nodes.map((need, index) =>
              need === null ? (
                <UnreadRow key={index} columns={5} />
              ) : (
                <NeedRow key={need.id} held={need} administration={administration} />
              ),
            )}
          </Table>
          <Pager pageInfo={pageInfo} parameter="needsAfter" />
        </>
      )}
    </ListSection>
  );
}

function NeedRow({ held, administration }: { readonly held: HeldNeed; readonly administration: string }) {
  const { need, needId, state, inherited, during, amount, provenance } = held;
  return (
    <tr>
      <th scope="row">
        <PageLink to={`${needPath(needId)}${withParameters('', { for: administration })}`}>
          <Text value={need?.statement ?? needId} lang={need?.statementLanguage} />
        </PageLink>
      </th>
      <td>
        <EnumText of="needState" value={state} />
        {inherited && (
          <>
            {' '}
            (<FormattedMessage id="administration.inherited" />)
          </>
        )}
      </td>
      <td>
        <PeriodText {...during} />
      </td>
      <td>
        <MoneyText money={amount} />
      </td>
      <td>
        <SourceNote {...provenance} />
      </td>
    </tr>
  );
}
