import { z } from 'zod';

/** The kinds of administrations. */
export const administrationKinds = z.enum([
  'MUNICIPALITY',
  'PROVINCE',
  'REGION',
  'SOCIAL_WELFARE_CENTRE',
  'INTERMUNICIPAL_BODY',
  'MOUNTAIN_COMMUNITY',
  'POLICE_ZONE',
  'RESCUE_ZONE',
  'HEALTH_BODY',
  'STATE_BODY',
  'OTHER',
]);
