import { FormattedMessage } from 'react-intl';

import { AsOfForm } from '../../components/as-of-form.js';
import { feedPath } from '../../components/export-links.js';
import { PageLink } from '../../components/page-link.js';
import { PageTitle } from '../../components/page-title.js';
import { SectionLinks } from '../../components/section-links.js';
import { checkPath, withParameters } from '../../model/paths.js';
import { Adoptions } from './adoptions.js';
import type { AdministrationData } from './data.js';
import { HeldNeeds } from './held-needs.js';
import { Identity } from './identity.js';
import { Memberships } from './memberships.js';
import { Peers } from './peers.js';
import { PeerSolutionsList } from './peer-solutions-list.js';

/** What the catalogues state of an administration, and what those similar to it use. */
export function Page({ data }: { readonly data: AdministrationData }) {
  const { administration, peers, peerSolutions, asOf, isAbroadLeftOut } = data;
  return (
    <>
      <PageTitle title={administration.name} lang={administration.nameLanguage} />
      <SectionLinks
        sections={{
          adoptions: 'administration.adoptions',
          memberships: 'administration.memberships',
          needs: 'administration.needs',
          'peer-solutions': 'administration.peerSolutions',
          peers: 'administration.peers',
        }}
      />
      <AsOfForm asOf={asOf} />
      <Identity administration={administration} />
      <p>
        <PageLink to={`${checkPath}${withParameters('', { for: administration.id })}`}>
          <FormattedMessage id="administration.check" />
        </PageLink>
      </p>
      <p>
        <a href={feedPath('organisation', { id: administration.id })} type="application/atom+xml">
          <FormattedMessage id="administration.feed" />
        </a>
      </p>
      <Adoptions administration={administration} asOf={asOf} />
      <Memberships memberships={administration.memberships} administration={administration.id} asOf={asOf} />
      <HeldNeeds needs={administration.needs} administration={administration.id} />
      {asOf !== null && (
        <p className="notice">
          <FormattedMessage id="administration.peersOfToday" />
        </p>
      )}
      <PeerSolutionsList peerSolutions={peerSolutions} administration={administration} />
      <Peers peers={peers} administration={administration} isAbroadLeftOut={isAbroadLeftOut} />
    </>
  );
}
