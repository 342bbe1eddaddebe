/** Settings of the server that do not belong to the files of a cluster. */
export function serverFlags({ durable }: { readonly durable: boolean }): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    default_text_search_config: 'pg_catalog.simple',
    log_checkpoints: 'off',
    ...(durable ? sharingMemory : withoutDurability),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Instead of 128 MB: the server shares the memory of a laptop with all services, and the system caches its files anyway. */
const sharingMemory = { shared_buffers: '48MB' };

/** Faster, and what a power cut leaves is worthless: for tests. */
const withoutDurability = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
