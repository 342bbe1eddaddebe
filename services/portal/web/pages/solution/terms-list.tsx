import { FormattedMessage } from 'react-intl';

import { EnumText } from '../../components/enum-text.js';
import { ExternalLink } from '../../components/external-link.js';
import { MoneyText } from '../../components/money-text.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { useLanguage } from '../../components/use-language.js';
import type { Fee, LocalisedText, Terms } from './data.js';

/** The terms on which the solution can be used: conditions, fees, or why it is not shared. */
export const TermsList = ({ terms }: { readonly terms: readonly Terms[] }) => (
  <>
    <h3>
      <FormattedMessage id="solution.terms.title" />
    </h3>
    {terms.map(({ id, eligibility, conditions, agreement, exceptionGround, fees, provenance }) => (
      <article key={id} className="card">
        {exceptionGround !== null && (
          <p className="notice">
            <FormattedMessage
              id="solution.terms.notShared"
              values={{ ground: <EnumText key="ground" of="exceptionGround" value={exceptionGround} /> }}
            />
          </p>
        )}
        <InOneLanguage texts={eligibility} />
        <InOneLanguage texts={conditions} />
        {agreement !== null && (
          <p>
            <ExternalLink href={agreement}>
              <FormattedMessage id="solution.terms.agreement" />
            </ExternalLink>
          </p>
        )}
        {fees.length > 0 && <Fees fees={fees} />}
        <p>
          <SourceNote {...provenance} />
        </p>
      </article>
    ))}
  </>
);

/** A text in the reader's language; in the first of its own, if there is none. */
function InOneLanguage({ texts }: { readonly texts: readonly LocalisedText[] }) {
  const language = useLanguage();
  const text = texts.find((candidate) => candidate.language === language) ?? texts[0];
  if (!text) return null;
  return (
    <p>
      <Text value={text.text} lang={text.language} />
    </p>
  );
}

const Fees = ({ fees }: { readonly fees: readonly Fee[] }) => (
  <Table
    caption={<FormattedMessage id="solution.terms.fees" />}
    head={['kind', 'amount', 'payer', 'period'].map((head) => (
      <FormattedMessage key={head} id={`solution.fee.${head}`} />
    ))}
  >
    {fees.map((fee) => (
      <tr key={fee.id}>
        <td>
          <EnumText of="feeKind" value={fee.kind} />
        </td>
        <td className="number">
          <MoneyText money={fee.amount} />
        </td>
        <td>
          <Payer fee={fee} />
        </td>
        <td>
          <PeriodText {...fee.during} />
        </td>
      </tr>
    ))}
  </Table>
);

/** Who pays a fee: what does not restrict it is left out. */
function Payer({ fee: { memberKind, populationMin, populationMax, forMembers } }: { readonly fee: Fee }) {
  const hasClass = populationMin !== null || populationMax !== null;
  if (memberKind === null && !hasClass && forMembers === null) return <FormattedMessage id="common.all" />;
  return (
    <ul className="inline">
      {memberKind !== null && (
        <li>
          <EnumText of="administrationKind" value={memberKind} />
        </li>
      )}
      {hasClass && (
        <li>
          <FormattedMessage
            id="solution.fee.population"
            values={{
              range: populationMin === null ? 'to' : populationMax === null ? 'from' : 'between',
              min: populationMin ?? 0,
              max: populationMax ?? 0,
            }}
          />
        </li>
      )}
      {forMembers !== null && (
        <li>
          <FormattedMessage id={`solution.fee.${forMembers ? 'members' : 'others'}`} />
        </li>
      )}
    </ul>
  );
}
