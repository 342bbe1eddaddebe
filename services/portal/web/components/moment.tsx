import { useIntl } from 'react-intl';

/** A moment in the reader's language. In UTC, which is named: the server does not know where the reader is, and both render it. */
export function Moment({ time }: { readonly time: string }) {
  const text = useIntl().formatDate(time, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return <time dateTime={time}>{text} UTC</time>;
}
