import { PageTitle } from '../../components/page-title.js';
import { AsOfForm } from '../../components/as-of-form.js';
import { Adoptions } from './adoptions.js';
import type { AdministrationData } from './data.js';
import { HeldNeeds } from './held-needs.js';
import { Identity } from './identity.js';
import { Memberships } from './memberships.js';
import { Peers } from './peers.js';
import { PeerSolutionsList } from './peer-solutions-list.js';

/** What the catalogues state of an administration, and what those similar to it use. */
export function Page({ data }: { readonly data: AdministrationData }) {
  const { administration, peers, peerSolutions, asOf } = data;
  return (
    <>
      <PageTitle title={administration.name} lang={administration.nameLanguage} />
      <AsOfForm asOf={asOf} />
      <Identity administration={administration} />
      <Adoptions administration={administration} asOf={asOf} />
      <PeerSolutionsList peerSolutions={peerSolutions} administration={administration} />
      <Memberships memberships={administration.memberships} administration={administration.id} asOf={asOf} />
      <HeldNeeds needs={administration.needs} administration={administration.id} />
      <Peers peers={peers} administration={administration.id} />
    </>
  );
}
