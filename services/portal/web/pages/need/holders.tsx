import { FormattedMessage } from 'react-intl';

import { AreaName } from '../../components/area-name.js';
import { StateCounts } from '../../components/check/state-counts.js';
import { EnumText } from '../../components/enum-text.js';
import { ExportLinks, feedPath } from '../../components/export-links.js';
import { ListSection } from '../../components/list-section.js';
import { MoneyText } from '../../components/money-text.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { UnreadRow } from '../../components/unread-row.js';
import { organisationPath, solutionPath } from '../../model/paths.js';
import type { Holder, NeedData } from './data.js';
import { StateLinks } from './state-links.js';

/** Who has a need on a day, page by page, by what they have done about it. */
export function Holders({ need, state, nuts, asOf }: NeedData) {
  return (
    <ListSection
      id="holders"
      title="need.holders"
      none="need.noHolders"
      list={need.holders}
      isEmpty={() => need.all?.totalCount === 0}
    >
      {({ nodes, totalCount, pageInfo }) => (
        <>
          {need.all?.states && (
            <>
              <StateCounts states={need.all.states} />
              <StateLinks states={need.all.states} state={state} />
            </>
          )}
          <Table
            caption={<FormattedMessage id="need.holdersCaption" values={{ count: totalCount }} />}
            head={[
              <FormattedMessage id="common.organisation" key="organisation" />,
              <FormattedMessage id="common.state" key="state" />,
              <FormattedMessage id="common.period" key="period" />,
              <FormattedMessage id="common.amount" key="amount" />,
              <FormattedMessage id="need.metBy" key="metBy" />,
              <FormattedMessage id="common.source" key="source" />,
            ]}
          >
            {nodes.map((holder, index) =>
              holder === null ? <UnreadRow key={index} columns={6} /> : <HolderRow key={holder.id} holder={holder} />,
            )}
          </Table>
          <Pager pageInfo={pageInfo} />
          <ExportLinks
            operation="holders"
            variables={{ catalogue: `${need.country.toLowerCase()}:catalogue`, need: need.id, state, nuts, asOf }}
            feed={feedPath('holders', { need: need.id })}
          />
        </>
      )}
    </ListSection>
  );
}

function HolderRow({ holder }: { readonly holder: Holder }) {
  const { state, during, amount, metBy, provenance } = holder;
  return (
    <tr>
      <th scope="row">
        <HolderName {...holder} />
      </th>
      <td>
        <EnumText of="needState" value={state} />
      </td>
      <td>
        <PeriodText {...during} />
      </td>
      <td>
        <MoneyText money={amount} />
      </td>
      <td>{metBy.length === 0 ? <Unknown /> : <MetBy {...holder} />}</td>
      <td>
        <SourceNote {...provenance} />
      </td>
    </tr>
  );
}

/** A holder that no catalogue could identify has the name that its source writes, and no page. */
function HolderName({ holderId, holder, rawName, rule }: Holder) {
  if (rule) {
    return (
      <FormattedMessage
        id="need.rule"
        values={{
          kind: <EnumText of="administrationKind" value={rule.kind} />,
          area: <AreaName key="area" code={rule.nuts} />,
        }}
      />
    );
  }
  if (holderId === null) return rawName === null ? <Unknown /> : <Text value={rawName} />;
  return (
    <PageLink to={organisationPath(holderId)}>
      <Text value={holder?.name ?? rawName ?? holderId} lang={holder?.nameLanguage} />
    </PageLink>
  );
}

/** A solution that no catalogue describes is shown by its address. */
function MetBy({ metBy, solutions }: Holder) {
  return (
    <ul className="inline">
      {metBy.map((address, index) => {
        const solution = solutions?.[index];
        return (
          <li key={address}>
            <PageLink to={solutionPath(solution?.id ?? address)}>
              <Text value={solution?.name ?? address} lang={solution?.nameLanguage} />
            </PageLink>
          </li>
        );
      })}
    </ul>
  );
}
