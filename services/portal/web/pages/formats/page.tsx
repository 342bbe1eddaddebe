import { FormattedMessage, useIntl } from 'react-intl';

import { Code } from '../../components/code.js';
import { PageTitle } from '../../components/page-title.js';
import { Table } from '../../components/table.js';
import { type FormatName, formatNames, formats } from './data.js';

/** In which formats the data is available besides pages, what each is good for, and where it is. */
export function Page() {
  const { formatMessage } = useIntl();
  return (
    <>
      <PageTitle title={formatMessage({ id: 'formats.title' })} />
      <p className="lead">
        <FormattedMessage id="formats.lead" />
      </p>
      <Table
        caption={<FormattedMessage id="formats.caption" />}
        head={['purpose', 'address', 'example'].map((name) => (
          <FormattedMessage key={name} id={`formats.${name}`} />
        ))}
      >
        {formatNames.map((name) => (
          <FormatRow key={name} name={name} />
        ))}
      </Table>
      <p className="prose">
        <FormattedMessage id="formats.more" />
      </p>
    </>
  );
}

function FormatRow({ name }: { readonly name: FormatName }) {
  const { path, example } = formats[name];
  return (
    <tr>
      <th scope="row">
        <FormattedMessage id={`formats.of.${name}`} />
      </th>
      <td>
        <Code>{path}</Code>
      </td>
      <td>{example !== undefined && <a href={example}>{example}</a>}</td>
    </tr>
  );
}
