/** A member state of the European Union, with what a new catalogue needs. */
export interface MemberState {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  /** The English short name. */
  readonly name: string;
  readonly adjective: string;
  /** The official languages of the state (BCP 47), in the order in which names fall back until its team says otherwise. */
  readonly languages: readonly string[];
}

export const memberStates: readonly MemberState[] = [
  { code: 'AT', name: 'Austria', adjective: 'Austrian', languages: ['de'] },
  { code: 'BE', name: 'Belgium', adjective: 'Belgian', languages: ['nl', 'fr', 'de'] },
  { code: 'BG', name: 'Bulgaria', adjective: 'Bulgarian', languages: ['bg'] },
  { code: 'HR', name: 'Croatia', adjective: 'Croatian', languages: ['hr'] },
  { code: 'CY', name: 'Cyprus', adjective: 'Cypriot', languages: ['el', 'tr'] },
  { code: 'CZ', name: 'Czechia', adjective: 'Czech', languages: ['cs'] },
  { code: 'DK', name: 'Denmark', adjective: 'Danish', languages: ['da'] },
  { code: 'EE', name: 'Estonia', adjective: 'Estonian', languages: ['et'] },
  { code: 'FI', name: 'Finland', adjective: 'Finnish', languages: ['fi', 'sv'] },
  { code: 'FR', name: 'France', adjective: 'French', languages: ['fr'] },
  { code: 'DE', name: 'Germany', adjective: 'German', languages: ['de'] },
  { code: 'GR', name: 'Greece', adjective: 'Greek', languages: ['el'] },
  { code: 'HU', name: 'Hungary', adjective: 'Hungarian', languages: ['hu'] },
  { code: 'IE', name: 'Ireland', adjective: 'Irish', languages: ['ga', 'en'] },
  { code: 'IT', name: 'Italy', adjective: 'Italian', languages: ['it'] },
  { code: 'LV', name: 'Latvia', adjective: 'Latvian', languages: ['lv'] },
  { code: 'LT', name: 'Lithuania', adjective: 'Lithuanian', languages: ['lt'] },
  { code: 'LU', name: 'Luxembourg', adjective: 'Luxembourgish', languages: ['lb', 'fr', 'de'] },
  { code: 'MT', name: 'Malta', adjective: 'Maltese', languages: ['mt', 'en'] },
  { code: 'NL', name: 'Netherlands', adjective: 'Dutch', languages: ['nl'] },
  { code: 'PL', name: 'Poland', adjective: 'Polish', languages: ['pl'] },
  { code: 'PT', name: 'Portugal', adjective: 'Portuguese', languages: ['pt'] },
  { code: 'RO', name: 'Romania', adjective: 'Romanian', languages: ['ro'] },
  { code: 'SK', name: 'Slovakia', adjective: 'Slovak', languages: ['sk'] },
  { code: 'SI', name: 'Slovenia', adjective: 'Slovenian', languages: ['sl'] },
  { code: 'ES', name: 'Spain', adjective: 'Spanish', languages: ['es'] },
  { code: 'SE', name: 'Sweden', adjective: 'Swedish', languages: ['sv'] },
];

/** Finds a member state by its English name or its ISO code, in any case. */
export const findMemberState = (text: string): MemberState | undefined =>
  memberStates.find(({ code, name }) =>
    [code, name].some((known) => known.toLowerCase() === text.trim().toLowerCase()),
  );
