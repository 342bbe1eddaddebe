import { useIntl } from 'react-intl';

import { Text } from './text.js';
import { Unknown } from './unknown.js';

/** An amount of money, as the graph states it: a decimal number as a text. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** An amount in the reader's language. Intl formats the text itself: a double would lose cents of large amounts. */
export function MoneyText({ money }: { readonly money: Money | null }) {
  const { locale } = useIntl();
  if (money === null) return <Unknown />;
  const { amount, currency } = money;
  // Intl throws for what is not written like a currency.
  if (!/^[A-Z]{3}$/.test(currency)) return <Text value={`${amount} ${currency}`} />;
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return <>{format.format(amount as Intl.StringNumericLiteral)}</>;
}
