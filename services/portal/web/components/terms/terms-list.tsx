import { Fragment, type ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

import { EnumText } from '../enum-text.js';
import { ExternalLink } from '../external-link.js';
import { MoneyText } from '../money-text.js';
import { PeriodText } from '../period-text.js';
import { SourceNote } from '../source-note.js';
import { Table } from '../table.js';
import { Text } from '../text.js';
import { useLanguage } from '../use-language.js';
import type { Fee, LocalisedText, Terms } from './terms.js';

interface TermsListProps {
  readonly terms: readonly Terms[];
  /** What some terms are about. */
  readonly titleOf: (terms: Terms) => ReactNode;
  /** The level of the titles on the page. */
  readonly heading: 'h3' | 'h4';
}

/** Terms with their fees, or why something is not shared, and their sources. */
export const TermsList = ({ terms, titleOf, heading: Heading }: TermsListProps) =>
  terms.map((each) => (
    <article key={each.id} className="card">
      <Heading>{titleOf(each)}</Heading>
      <TermsText terms={each} />
      {each.fees.length > 0 && <Fees fees={each.fees} />}
      <p>
        <SourceNote {...each.provenance} />
      </p>
    </article>
  ));

function TermsText({ terms }: { readonly terms: Terms }) {
  const { exceptionGround, agreement } = terms;
  return (
    <>
      {exceptionGround !== null && (
        <p className="notice">
          <FormattedMessage
            id="terms.notShared"
            values={{ ground: <EnumText key="ground" of="exceptionGround" value={exceptionGround} /> }}
          />{' '}
          <InOneLanguage texts={terms.exceptionReason} />
        </p>
      )}
      <dl className="facts">
        {(['eligibility', 'conditions', 'support'] as const)
          .filter((name) => terms[name].length > 0)
          .map((name) => (
            <Fragment key={name}>
              <dt>
                <FormattedMessage id={`terms.${name}`} />
              </dt>
              <dd>
                <InOneLanguage texts={terms[name]} />
              </dd>
            </Fragment>
          ))}
      </dl>
      {agreement !== null && (
        <p>
          <ExternalLink href={agreement}>
            <FormattedMessage id="terms.agreement" />
          </ExternalLink>
        </p>
      )}
    </>
  );
}

/** A text in the reader's language; in the first of its own, if there is none. */
function InOneLanguage({ texts }: { readonly texts: readonly LocalisedText[] }) {
  const language = useLanguage();
  const text = texts.find((candidate) => candidate.language === language) ?? texts[0];
  if (!text) return null;
  return <Text value={text.text} lang={text.language} />;
}

const Fees = ({ fees }: { readonly fees: readonly Fee[] }) => (
  <Table
    caption={<FormattedMessage id="terms.fees" />}
    head={['kind', 'amount', 'payer', 'period'].map((head) => (
      <FormattedMessage key={head} id={`terms.fee.${head}`} />
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
            id="terms.fee.population"
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
          <FormattedMessage id={`terms.fee.${forMembers ? 'members' : 'others'}`} />
        </li>
      )}
    </ul>
  );
}
