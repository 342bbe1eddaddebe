import { useIntl } from 'react-intl';

/** A value of an enum of the graph in the reader's language. A value that is newer than this portal is shown as it is. */
export function EnumText({ of, value }: { readonly of: string; readonly value: string }) {
  const { messages, formatMessage } = useIntl();
  const id = `enums.${of}.${value}`;
  return id in messages ? formatMessage({ id }) : value;
}
