import { join, name, sql } from '../../sql/sql.ts'
import type { Adapter, Expression } from '../adapter.ts'
import { eventWords, meaningOf, reasonWords } from '../connection-words.ts'
import { deviceKey, fromRoles, genericPlatformOption, genericZoneOption } from '../generic-options.ts'
import { reasonClass } from '../reasons.ts'
import { rolesOf } from '../roles.ts'

/**
 * Any log of connects and disconnects, known by the roles of its columns: a device, a time and what happened. An event
 * that no word is known for is a reject, which an alias heals. Reasons are kept as exported, and those of a disconnect
 * are classed where their words are known, else `other`.
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
    const kind = roles.get('kind')
    const columns = {
      ...deviceKey(roles, options),
      ...fromRoles(roles, { ts_event: 'time', ts_ingest: 'ingest', reason_raw: 'reason' }),
      ...fromRoles(roles, { session_id: 'session', seq: 'seq' }),
      ...(kind === undefined ? {} : { kind: kindIn(kind) }),
      ...reasonClassOf(roles.get('reason')),
    }
    return { targets: [{ table: 'conn_event', columns }], refusals: [] }
  },
}

export default genericEvents

function kindIn(header: string): Expression {
  return { sql: meaningOf(sql`cast(${name(header)} as varchar)`, eventWords), from: [header] }
}

function reasonClassOf(header: string | undefined): Readonly<Record<string, Expression>> {
  if (header === undefined) return {}
  const brokers = reasonClass(header)
  const text = sql`lower(trim(cast(${name(header)} as varchar)))`
  const cases = Object.entries(reasonWords).map(
    ([known, words]) => sql`when ${text} in ${words} then ${known}`,
  )
  return { reason_class: { sql: sql`case ${join(cases, ' ')} else ${brokers.sql} end`, from: [header] } }
}
