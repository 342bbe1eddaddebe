import { useSyncExternalStore } from 'react';
import { FormattedMessage } from 'react-intl';

/** Prints the page. Without JavaScript it is not shown: it could do nothing, and browsers print pages themselves. */
export function PrintButton() {
  const isInBrowser = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  if (!isInBrowser) return null;
  return (
    <button
      type="button"
      onClick={() => {
        window.print();
      }}
    >
      <FormattedMessage id="common.print" />
    </button>
  );
}

const subscribeToNothing = () => () => undefined;
