/**
 * Takes from SQL every way out of the database: no files, no network, no extensions, no settings. The order
 * matters (DuckDB 1.4.3): directories before external access, configuration last. Ever spilling to disk is
 * excluded too, because duckdb-wasm 1.32 spills with wrong results: `temp_directory` is never set.
 */
export const lockStatements: readonly string[] = [
  'SET autoload_known_extensions=false',
  'SET autoinstall_known_extensions=false',
  'SET allow_community_extensions=false',
  "SET memory_limit='2560MiB'",
  "SET allowed_directories=['/ingest/']",
  'SET enable_external_access=false',
  'SET lock_configuration=true',
]
