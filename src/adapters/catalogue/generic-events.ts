import { name, sql } from '../../sql/sql.ts'
import type { Adapter } from '../adapter.ts'
import { eventWords, meaningOf } from '../connection-words.ts'
import { deviceKey, fromRoles, genericPlatformOption, genericZoneOption } from '../generic-options.ts'
import { rolesOf } from '../roles.ts'

/**
 * Any log of connects and disconnects, known by the roles of its columns: a device, a time and what happened. An event
 * that no word is known for is a reject, which an alias heals. Reasons are kept as exported and not classed, since
 * their words are not known.
 */
const genericEvents: Adapter = {
  id: 'generic-events',
  version: 1,
  name: { zh: '上下线记录（按列识别）', en: 'Connection events (by column roles)' },
  source: 'src/adapters/role-names.ts',
  options: { platform_id: genericPlatformOption, zone: genericZoneOption },

  recognise(raw) {
    const roles = rolesOf(raw)
    if (!roles.has('device') || !roles.has('time') || !roles.has('kind')) return 0
    return roles.has('reason') || roles.has('session') ? 0.5 : 0.49
  },

  map(raw, options) {
    const roles = rolesOf(raw)
    const kind = roles.get('kind') ?? ''
    const columns = {
      ...deviceKey(roles, options),
      ...fromRoles(roles, { ts_event: 'time', ts_ingest: 'ingest', reason_raw: 'reason' }),
      ...fromRoles(roles, { session_id: 'session', seq: 'seq' }),
      kind: { sql: meaningOf(sql`cast(${name(kind)} as varchar)`, eventWords), from: [kind] },
    }
    return { targets: [{ table: 'conn_event', columns }], refusals: [] }
  },
}

export default genericEvents
