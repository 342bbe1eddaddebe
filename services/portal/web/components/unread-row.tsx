import { FormattedMessage } from 'react-intl';

/** A row of a table in place of an item that its catalogue did not return: it counts as one of the list. */
export const UnreadRow = ({ columns }: { readonly columns: number }) => (
  <tr>
    <td colSpan={columns} className="unknown">
      <FormattedMessage id="common.notRead" />
    </td>
  </tr>
);
