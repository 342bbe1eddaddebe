import { FormattedMessage } from 'react-intl';

/** In place of a value that no source states. It is not 0. */
export const Unknown = () => (
  <span className="unknown">
    <FormattedMessage id="common.unknown" />
  </span>
);
