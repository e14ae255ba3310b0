import { name, sql } from '../sql/sql.ts'
import type { Expression } from './adapter.ts'
import { lookedUp } from './vocabulary.ts'

type ReasonClass = 'planned' | 'keepalive' | 'lost' | 'error' | 'duplicate_id' | 'retired'

interface VendorReasons {
  /** Where the reasons are documented. */
  readonly source: string
  /** As the vendor writes them, in lower case. */
  readonly classes: Readonly<Partial<Record<ReasonClass, readonly string[]>>>
}

/**
 * What brokers say of the end of a connection, by reason class. Planned is what a person or a rule has arranged: the
 * client, an operator or the server ended the connection on purpose, or its agreed time was over. Spellings of
 * different vendors do not contradict each other, so one table serves all.
 */
export const vendorReasons: readonly VendorReasons[] = [
  {
    source: 'https://docs.aws.amazon.com/iot/latest/developerguide/life-cycle-events.html',
    classes: {
      planned: [
        'client_initiated_disconnect',
        'server_initiated_disconnect',
        'api_initiated_disconnect',
        'websocket_ttl_expiration',
        'customauth_ttl_expiration',
      ],
      keepalive: ['mqtt_keep_alive_timeout'],
      lost: ['connection_lost'],
      error: ['auth_error', 'client_error', 'forbidden_access', 'server_error', 'throttled'],
      duplicate_id: ['duplicate_clientid'],
    },
  },
  {
    source: 'https://docs.emqx.com/en/emqx/latest/data-integration/rule-sql-events-and-fields.html',
    classes: {
      planned: ['normal', 'kicked'],
      keepalive: ['keepalive_timeout'],
      lost: [
        'tcp_closed',
        'ssl_closed',
        'closed',
        'einval',
        'etimedout',
        'econnreset',
        'ehostunreach',
        'epipe',
      ],
      error: ['not_authorized', 'internal_error', 'frame_error', 'protocol_error'],
      duplicate_id: ['discarded', 'takenover', 'takeovered'],
    },
  },
  {
    // The names of the DISCONNECT reason codes, as brokers write them in one word.
    source: 'https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901208',
    classes: {
      planned: [
        'normal_disconnection',
        'disconnect_with_will_message',
        'server_shutting_down',
        'administrative_action',
        'use_another_server',
        'server_moved',
        'maximum_connect_time',
      ],
      keepalive: ['keep_alive_timeout'],
      error: [
        'unspecified_error',
        'malformed_packet',
        'implementation_specific_error',
        'server_busy',
        'topic_filter_invalid',
        'topic_name_invalid',
        'receive_maximum_exceeded',
        'topic_alias_invalid',
        'packet_too_large',
        'message_rate_too_high',
        'quota_exceeded',
        'payload_format_invalid',
        'retain_not_supported',
        'qos_not_supported',
        'shared_subscriptions_not_supported',
        'connection_rate_exceeded',
        'subscription_identifiers_not_supported',
        'wildcard_subscriptions_not_supported',
      ],
      duplicate_id: ['session_taken_over'],
    },
  },
]

const classOf = new Map(
  vendorReasons.flatMap(({ classes }) =>
    Object.entries(classes).flatMap(([reasonClass, reasons]) =>
      reasons.map(reason => [reason, reasonClass] as const),
    ),
  ),
)

/** The `reason_class` of a raw column of reasons: `other` for those that are not known, null where there is none. */
export function reasonClass(column: string): Expression {
  const reason = sql`nullif(lower(trim(cast(${name(column)} as varchar))), '')`
  return {
    sql: sql`case when ${reason} is not null then coalesce(${lookedUp(reason, classOf)}, 'other') end`,
    type: 'text',
    from: [column],
  }
}
