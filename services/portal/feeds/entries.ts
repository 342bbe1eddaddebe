import { addressOf, type Base } from '../linked-data/context.js';
import type { Entry } from './atom.js';

interface Statement {
  readonly id: string;
  readonly during: { readonly start: string | null };
  readonly provenance: {
    readonly source: string | null;
    readonly observedOn: string | null;
    readonly retrievedAt: string | null;
  };
}

interface SolutionNode {
  readonly id: string;
  readonly name: string | null;
  readonly shortDescription: string | null;
  readonly releaseDate: string | null;
  readonly records: readonly ({ readonly issued: string } | null)[] | null;
}

/** A solution that catalogues have recorded: its first record is its begin, the latest record or release an update. */
export function toSolutionEntry(
  base: Base,
  { id, name, shortDescription, releaseDate, records }: SolutionNode,
): Entry[] {
  const issued = (records ?? []).flatMap((record) => (record ? [record.issued] : [])).sort();
  const updated = [...issued, ...(releaseDate === null ? [] : [releaseDate])].sort().at(-1);
  if (updated === undefined) return [];
  const address = addressOf(base, id);
  return [
    {
      id: address,
      title: name ?? id,
      summary: shortDescription ?? undefined,
      link: address,
      published: issued[0],
      updated,
    },
  ];
}

interface UserNode extends Statement {
  readonly status: string;
  readonly solutionAddress: string;
  readonly administrationId: string | null;
  readonly administration: { readonly name: string } | null;
  readonly group: string | null;
}

/** A user of a solution. One that is not an administration of a catalogue has no address of its own. */
export const toUserEntry = (base: Base, user: UserNode): Entry[] =>
  toEntry(base, user, {
    title: user.administration?.name ?? user.group ?? user.administrationId ?? user.id,
    what: user.status,
    subject: user.administrationId ?? user.solutionAddress,
  });

interface AdoptionNode extends Statement {
  readonly status: string;
  readonly solutionAddress: string;
  readonly solution: { readonly name: string | null } | null;
}

/** A solution that an administration uses. */
export const toAdoptionEntry = (base: Base, adoption: AdoptionNode): Entry[] =>
  toEntry(base, adoption, {
    title: adoption.solution?.name ?? adoption.solutionAddress,
    what: adoption.status,
    subject: adoption.solutionAddress,
  });

interface MemberNode extends Statement {
  readonly role: string;
  readonly memberId: string;
  readonly member: { readonly name: string } | null;
}

/** A member of a consortium. */
export const toMemberEntry = (base: Base, member: MemberNode): Entry[] =>
  toEntry(base, member, { title: member.member?.name ?? member.memberId, what: member.role, subject: member.memberId });

interface MembershipNode extends Statement {
  readonly role: string;
  readonly consortiumId: string;
  readonly consortium: { readonly name: string } | null;
}

/** A membership of an organisation. */
export const toMembershipEntry = (base: Base, membership: MembershipNode): Entry[] =>
  toEntry(base, membership, {
    title: membership.consortium?.name ?? membership.consortiumId,
    what: membership.role,
    subject: membership.consortiumId,
  });

interface ConsortiumNode {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly existed: Statement['during'];
  readonly provenance: Statement['provenance'];
}

/** A consortium, which is new when it was founded. */
export const toConsortiumEntry = (base: Base, { id, name, kind, existed, provenance }: ConsortiumNode): Entry[] =>
  toEntry(base, { id, during: existed, provenance }, { title: name, what: kind, subject: id });

interface NeedNode {
  readonly id: string;
  readonly statement: string;
  readonly legalBasis: string | null;
  readonly provenance: Statement['provenance'];
}

/** A need, which is new when its source was first observed. */
export const toNeedEntry = (base: Base, { id, statement, legalBasis, provenance }: NeedNode): Entry[] =>
  toEntry(
    base,
    { id, during: { start: null }, provenance },
    { title: statement, what: legalBasis ?? 'NEED', subject: id },
  );

interface HolderNode extends Statement {
  readonly state: string;
  readonly holderId: string | null;
  readonly holder: { readonly name: string } | null;
  readonly rawName: string | null;
  readonly rule: { readonly kind: string } | null;
  readonly needId: string;
}

/** Who has a need: an organisation, or by a rule every administration of a kind. */
export const toHolderEntry = (base: Base, holder: HolderNode): Entry[] =>
  toEntry(base, holder, {
    title: holder.holder?.name ?? holder.rawName ?? holder.rule?.kind ?? holder.holderId ?? holder.id,
    what: holder.state,
    subject: holder.holderId ?? holder.needId,
  });

/** A statement without any time is in no feed: readers could not order it. */
function toEntry(
  base: Base,
  { id, during, provenance }: Statement,
  { title, what, subject }: { readonly title: string; readonly what: string; readonly subject: string },
): Entry[] {
  const published = during.start ?? provenance.observedOn ?? undefined;
  const updated = [published, provenance.retrievedAt]
    .filter((time) => time !== null && time !== undefined)
    .sort()
    .at(-1);
  if (updated === undefined) return [];
  const since =
    during.start === null
      ? provenance.observedOn === null
        ? ''
        : `, observed on ${provenance.observedOn}`
      : `, since ${during.start}`;
  const source = provenance.source === null ? '' : `. Source: ${provenance.source}`;
  const address = addressOf(base, subject);
  return [
    {
      id: subject === id ? address : `${address}#${encodeURIComponent(id)}`,
      title,
      summary: `${what}${since}${source}`,
      link: address,
      published,
      updated,
    },
  ];
}
