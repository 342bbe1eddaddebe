import { AnnounceSums1765000000000 } from './11-announce-sums.js';
import { ImportAtScale1765200000000 } from './13-import-at-scale.js';
import { AddStatusAndParts1765400000000 } from './15-add-status-and-parts.js';
import { AddCodesAndNeeds1765500000000 } from './16-add-codes-and-needs.js';
import { AddTerms1765600000000 } from './17-add-terms.js';
import { AddCompleteMembers1765700000000 } from './18-add-complete-members.js';
import { ImportFaster1765800000000 } from './19-import-faster.js';
import { AddWebhooks1766000000000 } from './20-add-webhooks.js';
import { CreateCatalogue1764000000000 } from './1-create-catalogue.js';
import { AddSolutions1764100000000 } from './2-add-solutions.js';
import { AddChangeFeed1764200000000 } from './3-add-change-feed.js';
import { AddAliases1764300000000 } from './4-add-aliases.js';
import { EndWhatEnded1764400000000 } from './5-end-what-ended.js';
import { AddWrites1764500000000 } from './6-add-writes.js';
import { KeepImportRuns1764600000000 } from './7-keep-import-runs.js';
import { ForgetOldAnswers1764700000000 } from './8-forget-old-answers.js';
import { ProtectHistory1764800000000 } from './9-protect-history.js';
import { RenewSearchTexts1764900000000 } from './10-renew-search-texts.js';
import { FollowFiles1765100000000 } from './12-follow-files.js';
import { RenewAddresses1765300000000 } from './14-renew-addresses.js';

/** Every migration, in order. */
export const migrations = [
  CreateCatalogue1764000000000,
  AddSolutions1764100000000,
  AddChangeFeed1764200000000,
  AddAliases1764300000000,
  EndWhatEnded1764400000000,
  AddWrites1764500000000,
  KeepImportRuns1764600000000,
  ForgetOldAnswers1764700000000,
  ProtectHistory1764800000000,
  RenewSearchTexts1764900000000,
  AnnounceSums1765000000000,
  FollowFiles1765100000000,
  ImportAtScale1765200000000,
  RenewAddresses1765300000000,
  AddStatusAndParts1765400000000,
  AddCodesAndNeeds1765500000000,
  AddTerms1765600000000,
  AddCompleteMembers1765700000000,
  ImportFaster1765800000000,
  AddWebhooks1766000000000,
];
