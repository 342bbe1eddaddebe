import { FormattedMessage, useIntl } from 'react-intl';
import { Form } from 'react-router';

import { ExportLinks } from '../../components/export-links.js';
import { ListSection } from '../../components/list-section.js';
import { PageTitle } from '../../components/page-title.js';
import { Pager } from '../../components/pager.js';
import { Table } from '../../components/table.js';
import { UnreadRow } from '../../components/unread-row.js';
import type { SuppliersData } from './data.js';
import { SupplierRows } from './supplier-rows.js';

/** The companies that maintain shared solutions or have contracts about them, as far as catalogues name them. */
export function Page({ data: { text, suppliers } }: { readonly data: SuppliersData }) {
  const { formatMessage } = useIntl();
  return (
    <>
      <PageTitle title={formatMessage({ id: 'suppliers.title' })} />
      <p className="lead">
        <FormattedMessage id="suppliers.introduction" />
      </p>
      <Form method="get" className="form">
        <label htmlFor="supplier">
          <FormattedMessage id="suppliers.search" />
        </label>
        <input id="supplier" name="q" type="text" maxLength={100} defaultValue={text} />
        <button type="submit">
          <FormattedMessage id="common.show" />
        </button>
      </Form>
      <ListSection
        id="suppliers"
        title="suppliers.list"
        none="suppliers.none"
        list={suppliers}
        isEmpty={({ totalCount }) => totalCount === 0}
      >
        {({ nodes, totalCount, pageInfo }) => (
          <>
            <Table
              caption={<FormattedMessage id="suppliers.caption" values={{ count: totalCount }} />}
              head={[
                <FormattedMessage id="suppliers.supplier" key="supplier" />,
                <FormattedMessage id="common.solution" key="solution" />,
                <FormattedMessage id="suppliers.client" key="client" />,
                <FormattedMessage id="common.period" key="period" />,
                <FormattedMessage id="common.source" key="source" />,
              ]}
            >
              {nodes.map((supplier, index) =>
                supplier === null ? (
                  <UnreadRow key={index} columns={5} />
                ) : (
                  <SupplierRows key={supplier.id} supplier={supplier} />
                ),
              )}
            </Table>
            <Pager pageInfo={pageInfo} />
            <ExportLinks operation="suppliers" variables={{ search: text }} />
          </>
        )}
      </ListSection>
    </>
  );
}
