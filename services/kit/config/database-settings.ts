import { z } from 'zod';

import { isUrl } from './fields.js';
import { parseSettings, type SettingsOf } from './config.js';

const isDatabaseUrl = (value: string): boolean => isUrl(value, ['postgres', 'postgresql']);
const message = 'must be an address like postgres://user:password@host:port/database';

/** The URL of a PostgreSQL database. It contains a password, so it can be in a file. */
export const databaseUrl = () => z.string().trim().refine(isDatabaseUrl, message);

/** Several of them, separated by commas or line breaks. */
const databaseUrls = () =>
  z
    .string()
    .transform((text) => text.split(/[,\r\n]/).map((part) => part.trim()))
    .transform((urls) => urls.filter((url) => url !== ''))
    .refine((urls) => urls.every(isDatabaseUrl), message);

/** The database of a service, and its roles. */
export const databaseSettings = (prefix: string) => ({
  databaseUrl: databaseUrl().meta({
    variable: `${prefix}_DATABASE_URL`,
    description:
      'The PostgreSQL database, for the role of the service, which reads and writes rows and cannot change the schema.',
    file: true,
  }),
  migrationUrl: migrationUrl(prefix),
  replicaUrls: databaseUrls()
    .default([])
    .meta({
      variable: `${prefix}_REPLICA_URLS`,
      description: 'Read replicas of the database, for the role of the service, separated by commas or line breaks.',
      file: true,
      defaultText: '',
    }),
});

/** The database, for the role that owns its schema. */
export const migrationUrl = (prefix: string) =>
  databaseUrl()
    .optional()
    .meta({
      variable: `${prefix}_MIGRATION_URL`,
      description:
        'The same database, for the role that owns its schema. If it is set, the process migrates the schema when it starts; ' +
        'otherwise it waits until `npm run migrate` has done so.',
      file: true,
    });

/** The role of a service whose operator names no other. */
export const defaultServiceRole = (service: string): string => `${service}_service`;

/** The role that a service's `databaseUrl` names. */
export const serviceRole = (prefix: string) =>
  z
    .string()
    .default(defaultServiceRole(prefix.toLowerCase()))
    .meta({
      variable: `${prefix}_SERVICE_ROLE`,
      description: 'The role of the service, which must exist. The migration grants it its privileges.',
      defaultText: `\`${defaultServiceRole(prefix.toLowerCase())}\``,
    });

/** The settings of the commands that migrate a schema. */
export const migrationSettings = (prefix: string) => ({
  migrationUrl: databaseUrl().meta({
    variable: `${prefix}_MIGRATION_URL`,
    description: 'The database, for the role that owns its schema: `postgres://user:password@host:port/database`.',
    file: true,
  }),
  serviceRole: serviceRole(prefix),
});

/** The settings of the command that creates a database and its roles. */
export const rolesSettings = (prefix: string) => ({
  administratorUrl: databaseUrl().meta({
    variable: `${prefix}_ADMINISTRATOR_URL`,
    description: 'A database of the same server, for a superuser or a role with CREATEROLE and CREATEDB.',
    file: true,
  }),
  databaseUrl: databaseUrl().meta({
    variable: `${prefix}_DATABASE_URL`,
    description: 'The database to create, for the role of the service, with its password.',
    file: true,
  }),
  migrationUrl: databaseUrl().meta({
    variable: `${prefix}_MIGRATION_URL`,
    description: 'The same database, for the role that owns its schema, with its password.',
    file: true,
  }),
});

/** Where the database of a service is. */
export type DatabaseSettings = Pick<SettingsOf<ReturnType<typeof databaseSettings>>, 'databaseUrl'> &
  Partial<SettingsOf<ReturnType<typeof databaseSettings>>>;

/**
 * Reads the settings of a database from the environment.
 *
 * @throws ConfigError with a line for every variable that is missing or invalid.
 */
export const readDatabaseSettings = (prefix: string, environment: NodeJS.ProcessEnv): DatabaseSettings =>
  parseSettings(databaseSettings(prefix), environment);
