/**
 * Settings of the server that do not belong to the files of a cluster.
 *
 * @param sharedBuffers instead of the usual one, for a database that is larger than those of a laptop.
 */
export function serverFlags({
  durable,
  sharedBuffers,
}: {
  readonly durable: boolean;
  readonly sharedBuffers?: string | undefined;
}): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    default_text_search_config: 'pg_catalog.simple',
    log_checkpoints: 'off',
    ...(durable ? sharingMemory : forTests),
    ...(sharedBuffers === undefined ? {} : { shared_buffers: sharedBuffers }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Instead of 128 MB: the server shares the memory of a laptop with all services, and the system caches its files anyway. */
const sharingMemory = { shared_buffers: '48MB' };

/**
 * Without durability, which is faster, because what a power cut leaves is worthless. And with more connections than the default of 100:
 * several tests have whole graphs on one server, and each service has a pool.
 */
const forTests = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' };
