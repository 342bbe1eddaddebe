import { FormattedMessage } from 'react-intl';

import { Text } from '../text.js';

/** Says in the place of a picture that its data could not be read. */
export const MissingFigure = ({ title }: { readonly title: string }) => (
  <p className="notice">
    <FormattedMessage id="figures.notRead" values={{ title: <Text key="title" value={title} /> }} />
  </p>
);
